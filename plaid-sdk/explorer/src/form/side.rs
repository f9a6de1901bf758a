//! Beside the form: the button that sends, the code of the call, and the place of the response.

use maud::{Markup, html};
use plaid_catalog::model::{Operation, Samples};
use plaid_catalog::tools::samples::Size;
use plaid_catalog::{Address, Catalog, Language, Snippet, SnippetError};

use super::prose;
use crate::assets;
use crate::gateway::Environment;

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// It is served by a gateway to this environment.
    Served(Environment),
    /// It is a file. Its form is sent from the reader's own gateway.
    Exported,
}

/// The column beside the form. The code is that of a minimal request, until the form's script takes over.
pub fn side(catalog: &Catalog, operation: &Operation, target: Target) -> Markup {
    let samples = Samples {
        request: catalog.sampler().request(operation, Size::Minimal),
        parameters: catalog.sampler().parameters(operation, Size::Minimal),
    };
    let code = |language| catalog.snippet(&operation.id, &samples, language, Address::Api);
    let all: &[Language] = if target == Target::Exported { &Language::ALL } else { &[Language::Rust] };
    html! {
        div #work data-target=(name(target)) data-page=[prose::method(catalog, &operation.id)] {
            div.send {
                button #send type="button" { "Send" }
                button.quiet #share type="button" { "Share" }
                @if target == Target::Served(Environment::Emulator) {
                    button.quiet #seed type="button" { "Demo data" }
                }
                span #send-note { "Ctrl Enter · " (note(target)) }
            }
            p #problems.problems role="status" {}
            section.card #snippet aria-label="Code of the call" {
                header {
                    div.tabs role="tablist" aria-label="Language" {
                        @for language in Language::ALL {
                            button type="button" role="tab" id={ "tab-" (language.id()) } data-language=(language.id())
                                aria-selected=(language == Language::Rust) aria-controls="code"
                                tabindex=(if language == Language::Rust { "0" } else { "-1" }) { (language.title()) }
                        }
                    }
                }
                div #code role="tabpanel" aria-labelledby="tab-rust" tabindex="0" {
                    @for language in all {
                        pre data-language=(language.id()) hidden[*language != Language::Rust] { (code_or_reason(code(*language))) }
                    }
                }
                footer {
                    @if matches!(target, Target::Served(_)) {
                        label { input type="checkbox" id="by-gateway"; " through this gateway, without keys" }
                    }
                    button.quiet #copy-code type="button" { "Copy" }
                }
            }
            @if matches!(target, Target::Served(_)) {
                section.card #response aria-label="Response to the call" hidden {}
                section #history aria-label="Sent" hidden {}
            }
            // Browsers load no modules from files.
            @if target == Target::Exported { script defer src=(assets::address("form.js")) {} }
            @else { script type="module" src=(assets::address("form.js")) {} }
        }
    }
}

fn name(target: Target) -> &'static str {
    match target {
        Target::Served(Environment::Emulator) => "emulator",
        Target::Served(Environment::Sandbox) => "sandbox",
        Target::Served(Environment::Production) => "production",
        Target::Exported => "exported",
    }
}

fn note(target: Target) -> &'static str {
    match target {
        Target::Served(Environment::Emulator) => "goes to the emulator",
        Target::Served(Environment::Sandbox) => "goes to Plaid's Sandbox",
        Target::Served(Environment::Production) => "goes to Production: real accounts, real money",
        Target::Exported => "opens in your own gateway",
    }
}

fn code_or_reason(code: Result<Snippet, SnippetError>) -> Markup {
    match code {
        Ok(snippet) => spans(&snippet),
        Err(error) => html! { span.why { (error) } },
    }
}

/// Code with an element for each piece that has a colour. Its class is `k-` and the name of the piece's class.
fn spans(snippet: &Snippet) -> Markup {
    html! {
        @for span in &snippet.spans {
            @match span.class.id() {
                "plain" => { (span.text) },
                class => { span class={ "k-" (class) } { (span.text) } },
            }
        }
    }
}
