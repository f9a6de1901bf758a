//! The server of an operation, where it is not the document's.

use openapiv3::Server;

use super::context::Context;
use crate::diag::Pointer;

/// The URL of the server that `servers` names, which are those of an operation or its path, at `at`. `None` where they
/// are the document's.
pub(super) fn of(cx: &mut Context<'_>, servers: &[Server], at: &Pointer) -> Option<String> {
    let is_documents = |server: &Server| cx.document.servers.iter().any(|other| other.url == server.url);
    if servers.iter().all(is_documents) {
        return None;
    }
    let at = at.child("servers");
    let [server] = servers else {
        // the client's environment stands for one of the document's servers, and nothing says which of these belongs to it
        let help = "name one server here, by a fixup";
        cx.error(&at, "several servers that are not the document's", help);
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
        let help = "give an `https` URL, since credentials are sent there, or a path that starts with `/`";
        cx.error(&at, format!("`{url}` can't be the server of an operation"), help);
        return None;
    }
    Some(url.to_owned()).filter(|url| !url.is_empty())
}

/// The URL with its variables' defaults.
fn filled(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default))
}
