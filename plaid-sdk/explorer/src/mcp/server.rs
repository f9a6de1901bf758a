//! The protocol, by `rmcp`. Nothing outside of this file and `http.rs` uses that crate, so that a new version touches little.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plaid_catalog::Catalog;
use plaid_catalog::model::{Operation, Sample};
use rmcp::model::{
    CacheScope, CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ElicitRequest,
    ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationSchema, ErrorData, Implementation, InputRequest,
    InputRequiredResult, InputResponses, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ProtocolVersion, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult,
    Resource, ResourceContents, ResourceTemplate, ServerCapabilities, ServerConfig, Tool as WireTool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler};

use super::results::Content;
use super::session::{Answer, Session};
use super::tools::{Step, step};
use super::toolset::{Tool, Toolset};
use super::{call, confirm, effects, names, resources};

/// How many tools or resources are on a page.
const PAGE: usize = 100;

/// How long a list of tools, or a page of the documentation, may be used again: they change with the program only.
const HOUR: u64 = 60 * 60 * 1000;

/// The key of the one question that is asked.
const QUESTION: &str = "confirmation";

/// The tools and resources for one caller.
#[derive(Clone)]
pub struct Server {
    session: Session,
    tools: Arc<Toolset>,
}

impl Server {
    /// A server of these tools.
    pub fn new(session: Session, tools: Arc<Toolset>) -> Self {
        Self { session, tools }
    }

    /// Calls an operation. If it moves money and the client can ask, the person is asked first.
    async fn call(
        &self,
        operation: &'static Operation,
        arguments: Sample,
        answer: Answered,
        context: &RequestContext<RoleServer>,
    ) -> CallToolResponse {
        if effects::moves_money(operation) && can_ask(context) {
            match self.ask(operation, &arguments, answer, context).await {
                Agreement::Yes => {}
                Agreement::No(reason) => return result(Answer::error(reason)).into(),
                Agreement::Asked(question) => return (*question).into(),
            }
        }
        result(call::send(&self.session, operation, &arguments).await).into()
    }

    async fn ask(
        &self,
        operation: &Operation,
        arguments: &Sample,
        answer: Answered,
        context: &RequestContext<RoleServer>,
    ) -> Agreement {
        let questions = &self.session.shared.confirmations;
        let caller = &self.session.caller;
        if let (Some(question), Some(mut answers)) = (answer.question, answer.answers) {
            if !questions.close(&question, caller, operation, arguments) {
                return Agreement::No("the answer is not one to this call: call again".to_owned());
            }
            let answer = answers.remove(QUESTION).and_then(|answer| serde_json::from_value(answer).ok());
            return agreement(answer);
        }
        let name = names::of(Catalog::plaid(), operation);
        let message = confirm::question(&name, self.session.app.gateway().environment().title(), arguments);
        let Some(form) = form(message) else {
            return Agreement::No("the question could not be written; the call was not sent".to_owned());
        };
        if is_stateless(context) {
            let Some(question) = questions.open(caller, operation, arguments) else {
                return Agreement::No("the system has no source of randomness; the call was not sent".to_owned());
            };
            let asked = BTreeMap::from([(QUESTION.to_owned(), InputRequest::Elicitation(ElicitRequest::new(form)))]);
            return Agreement::Asked(Box::new(InputRequiredResult::new(Some(asked), Some(question))));
        }
        match context.peer.create_elicitation(form).await {
            Ok(answer) => agreement(Some(answer)),
            Err(error) => Agreement::No(format!("the person could not be asked ({error}); the call was not sent")),
        }
    }
}

impl Server {
    /// Lets the client show an address to the person. The model does not see it.
    async fn show(&self, url: String, answer: Answered, context: &RequestContext<RoleServer>) -> CallToolResponse {
        if let Some(mut answers) = answer.answers {
            let answer = answers.remove(QUESTION).and_then(|answer| serde_json::from_value(answer).ok());
            return result(shown(answer)).into();
        }
        let elicitation = context.client_capabilities().and_then(|capabilities| capabilities.elicitation);
        if elicitation.is_none_or(|elicitation| elicitation.url.is_none()) {
            let text = "this client can't show addresses to the person. In the Sandbox, sandbox_public_token_create makes a \
                        public token without Link; else the explorer's page of link_token_create opens Link";
            return result(Answer::error(text)).into();
        }
        let Some(elicitation_id) = confirm::random_name() else {
            return result(Answer::error("the system has no source of randomness")).into();
        };
        let message = "Go through Link on Plaid's page, to connect your account.".to_owned();
        let address = ElicitRequestParams::UrlElicitationParams { meta: None, message, url, elicitation_id };
        if is_stateless(context) {
            let asked = BTreeMap::from([(QUESTION.to_owned(), InputRequest::Elicitation(ElicitRequest::new(address)))]);
            return InputRequiredResult::from_input_requests(asked).into();
        }
        match context.peer.create_elicitation(address).await {
            Ok(answer) => result(shown(Some(answer))).into(),
            Err(error) => result(Answer::error(format!("the address could not be shown: {error}"))).into(),
        }
    }
}

fn shown(answer: Option<ElicitResult>) -> Answer {
    match answer {
        Some(answer) if answer.action == ElicitationAction::Accept => Answer::text(
            "The person opens the page. Call link_token_get with the link_token until it has a public_token.",
        ),
        _ => Answer::error("the person did not open the page"),
    }
}

/// What the client sends with a call that it was asked about.
struct Answered {
    question: Option<String>,
    answers: Option<InputResponses>,
}

enum Agreement {
    Yes,
    No(String),
    Asked(Box<InputRequiredResult>),
}

fn agreement(answer: Option<ElicitResult>) -> Agreement {
    let said_yes = |answer: &ElicitResult| {
        let sent = answer.content.as_ref().and_then(|content| content.get("send"));
        answer.action == ElicitationAction::Accept && sent == Some(&serde_json::Value::Bool(true))
    };
    match answer {
        Some(answer) if said_yes(&answer) => Agreement::Yes,
        _ => Agreement::No("the person did not agree; the call was not sent".to_owned()),
    }
}

fn form(message: String) -> Option<ElicitRequestParams> {
    let schema = serde_json::json!({
        "type": "object",
        "properties": {"send": {"type": "boolean", "title": "Send it", "default": false}},
        "required": ["send"],
    });
    let serde_json::Value::Object(schema) = schema else { return None };
    let requested_schema = ElicitationSchema::from_json_schema(schema).ok()?;
    Some(ElicitRequestParams::FormElicitationParams { meta: None, message, requested_schema })
}

/// Whether the client shows questions to a person. A capability without modes means forms.
fn can_ask(context: &RequestContext<RoleServer>) -> bool {
    let elicitation = context.client_capabilities().and_then(|capabilities| capabilities.elicitation);
    elicitation.is_some_and(|elicitation| elicitation.form.is_some() || elicitation.url.is_none())
}

/// Whether the client speaks a revision without requests from the server.
fn is_stateless(context: &RequestContext<RoleServer>) -> bool {
    context.protocol_version().is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let about = Implementation::new("plaid-explorer", env!("CARGO_PKG_VERSION")).with_title("Plaid explorer");
        let environment = self.session.app.gateway().environment().title();
        ServerConfig::new(capabilities).with_server_info(about).with_instructions(format!(
            "Plaid's API ({environment}). Search, describe, then call. Responses show credentials as handles \
             (handle:access_token:…). Pass a handle on where the value belongs; it works for you only, for a day. \
             Amounts are decimals. Decide by error_code, never by the message."
        ))
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let (page, next) = page(self.tools.all(), request.and_then(|request| request.cursor))?;
        let mut result = ListToolsResult::with_all_items(page.iter().map(wire).collect());
        result.next_cursor = next;
        Ok(result.with_ttl_ms(HOUR).with_cache_scope(CacheScope::Public))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = self.tools.get(&request.name) else {
            return Err(ErrorData::invalid_params(format!("unknown tool `{}`", request.name), None));
        };
        let arguments = request.arguments.unwrap_or_default();
        let answer = Answered { question: request.request_state, answers: request.input_responses };
        Ok(match step(&self.session, tool, &arguments) {
            Step::Done(answer) => result(answer).into(),
            Step::Call { operation, arguments } => self.call(operation, arguments, answer, &context).await,
            Step::Show(url) => self.show(url, answer, &context).await,
        })
    }

    fn get_tool(&self, name: &str) -> Option<WireTool> {
        self.tools.get(name).map(wire)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let all = self.session.shared.results.list(&self.session.caller);
        let (page, next) = page(&all, request.and_then(|request| request.cursor))?;
        let resources = page.iter().map(|(id, title, media, bytes)| {
            let resource = Resource::new(format!("plaid://responses/{id}"), title.clone());
            resource.with_mime_type(media.clone()).with_size(*bytes as u64)
        });
        let mut result = ListResourcesResult::with_all_items(resources.collect());
        result.next_cursor = next;
        Ok(result.with_ttl_ms(0).with_cache_scope(CacheScope::Private))
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = resources::TEMPLATES.iter().map(|(uri, name, about)| {
            ResourceTemplate::new(*uri, *name).with_description(*about).with_mime_type("text/markdown")
        });
        let result = ListResourceTemplatesResult::with_all_items(templates.collect());
        Ok(result.with_ttl_ms(HOUR).with_cache_scope(CacheScope::Public))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = request.uri;
        let missing = |reason: String| ErrorData::resource_not_found(reason, None);
        if let Some(id) = uri.strip_prefix("plaid://responses/") {
            let kept = self.session.shared.results.get(&self.session.caller, id).ok_or_else(|| {
                missing("there is no such response, or it is older than an hour: call the operation again".to_owned())
            })?;
            let media = kept.content.media().to_owned();
            let contents = match kept.content {
                Content::Json(text) => ResourceContents::text(text, uri),
                Content::File { bytes, .. } => ResourceContents::blob(STANDARD.encode(bytes), uri),
            };
            let result = ReadResourceResult::new(vec![contents.with_mime_type(media)]);
            return Ok(result.with_ttl_ms(0).with_cache_scope(CacheScope::Private).into());
        }
        let text = resources::read(Catalog::plaid(), &uri).map_err(missing)?;
        let contents = ResourceContents::text(text, uri).with_mime_type("text/markdown");
        let result = ReadResourceResult::new(vec![contents]);
        Ok(result.with_ttl_ms(HOUR).with_cache_scope(CacheScope::Public).into())
    }
}

/// A page of a list, and the cursor of the next one. A cursor is the index of the first item.
fn page<T>(all: &[T], cursor: Option<String>) -> Result<(&[T], Option<String>), ErrorData> {
    let start = match cursor {
        None => Some(0),
        Some(cursor) => cursor.parse().ok().filter(|start| *start < all.len() && start % PAGE == 0),
    };
    let Some(rest) = start.and_then(|start| all.get(start..)) else {
        return Err(ErrorData::invalid_params("the cursor is not one of this list", None));
    };
    let end = start.unwrap_or_default() + PAGE;
    Ok((rest.get(..PAGE).unwrap_or(rest), (end < all.len()).then(|| end.to_string())))
}

fn wire(tool: &Tool) -> WireTool {
    let marks = ToolAnnotations::new().read_only(tool.marks.read_only).open_world(tool.is_open);
    // The others mean nothing for a tool that only reads.
    let marks = if tool.marks.read_only {
        marks
    } else {
        marks.destructive(tool.marks.destructive).idempotent(tool.marks.idempotent)
    };
    WireTool::new(tool.name.clone(), tool.description.clone(), Arc::new(tool.schema.clone())).with_annotations(marks)
}

fn result(answer: Answer) -> CallToolResult {
    let mut content = vec![ContentBlock::text(answer.text)];
    if let Some(link) = answer.link {
        let resource = Resource::new(link.uri, link.title).with_mime_type(link.media).with_size(link.bytes as u64);
        content.push(ContentBlock::resource_link(resource));
    }
    let mut result = if answer.is_error { CallToolResult::error(content) } else { CallToolResult::success(content) };
    result.structured_content = answer.data;
    result
}
