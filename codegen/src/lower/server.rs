//! The server of an operation, if it is not the document's.

use openapiv3::Server;

use super::context::Context;
use crate::diag::Pointer;

/// The URL of the server in `servers`, which are the servers of an operation or its path, at `at`. Returns `None` if
/// they are the document's.
pub(super) fn of(cx: &mut Context<'_>, servers: &[Server], at: &Pointer) -> Option<String> {
    let is_documents = |server: &Server| cx.document.servers.iter().any(|other| other.url == server.url);
    if servers.iter().all(is_documents) {
        return None;
    }
    let at = at.child("servers");
    let [server] = servers else {
        // the client's environment selects one of the document's servers, and nothing shows which of these corresponds
        // to it
        let help = "keep one server here with a fixup";
        cx.error(&at, "there are several servers of its own", help);
        return None;
    };
    let at = at.index(0).child("url");
    let url = filled(server);
    let url = url.trim_end_matches('/');
    if url.contains(['{', '}']) {
        cx.error(&at, "the server has a variable without a default", "declare it under `variables`, with a `default`");
        return None;
    }
    if !url.starts_with("https://") && !url.starts_with('/') && !url.is_empty() {
        let help = "use an `https` URL, since credentials are sent there, or a path that starts with `/`";
        cx.error(&at, format!("`{url}` can't be the server of an operation"), help);
        return None;
    }
    Some(url.to_owned()).filter(|url| !url.is_empty())
}

/// The URL with the defaults of its variables.
fn filled(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default))
}
