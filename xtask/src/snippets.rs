//! `cargo xtask snippets`: checks snippets of all operations, with the SDK and with the official clients.

mod compare;
mod facts;
mod go;
pub mod install;
mod java;
mod ruby;
mod rust;
mod send;
mod typed;
mod types;

use api_tools::samples::{SIZES, Sampler, Size};
use api_tools::snippets::client::Facts;
use api_tools::snippets::{Address, Clients, Language, Sources, snippet};
use clap::Subcommand;
use codegen::Input;
use codegen::api_model::layout::Layout;
use codegen::api_model::{Api, Operation, Samples};

use crate::{files, r#gen, workspace};

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Snippets {
    /// Compile the Rust snippets of all samples and of random bodies, run them, and compare what arrives with the samples.
    Rust,
    /// Run the Node snippets of all operations with the npm package and compare what arrives with the samples.
    Node,
    /// Check the types of the TypeScript snippets of all operations against the npm package.
    Typescript,
    /// Run the Python snippets of all operations with the PyPI package and compare what arrives with the samples.
    Python,
    /// Compile and run the Go snippets of all operations with stubs of the client and compare what they send.
    Go,
    /// Compile and run the Java snippets of all operations with stubs of the client and compare what they send.
    Java,
    /// Compile and run the Ruby snippets of all operations with stubs of the client and compare what they send.
    Ruby,
    /// Run the curl snippets of all operations and compare what arrives with the samples. No argument is a secret.
    Curl,
    /// Read the names in a client's package and write them to spec/clients.
    Facts {
        /// The client: node or python.
        client: String,
    },
}

/// Runs a command.
pub fn run(command: &Snippets) -> Result<(), String> {
    let input = Checked::read()?;
    match command {
        Snippets::Rust => rust::run(&input.api, &input.layout),
        Snippets::Node => {
            facts::check(&input, Language::Node)?;
            send::run(&input, Language::Node)
        }
        Snippets::Typescript => types::run(&input),
        Snippets::Python => {
            facts::check(&input, Language::Python)?;
            send::run(&input, Language::Python)
        }
        Snippets::Go => typed::run(&input, &go::Go),
        Snippets::Java => typed::run(&input, &java::Java),
        Snippets::Ruby => typed::run(&input, &ruby::Ruby),
        Snippets::Curl => send::run(&input, Language::Curl),
        Snippets::Facts { client } => match client.as_str() {
            "node" => facts::write(&input, Language::Node),
            "python" => facts::write(&input, Language::Python),
            other => Err(format!("error: `{other}` can't be read; name node or python")),
        },
    }
}

/// The address of the gateway in snippets. Runs replace it.
const GATEWAY: &str = "http://gateway.test";

/// What is checked: the API and the data about its clients.
pub struct Checked {
    /// The API.
    pub api: Api,
    /// How it looks in Rust. Its modules are the products.
    pub layout: Layout,
    clients: Clients,
}

/// A call with its snippet.
struct Case<'a> {
    /// `linkTokenCreate.full`.
    name: String,
    operation: &'a Operation,
    samples: Samples,
    address: Address<'a>,
    code: String,
}

impl Checked {
    /// What is known about the client of a language.
    pub fn facts(&self, language: Language) -> Result<&Facts, String> {
        let client = self.clients.of(language).map(|(_, facts)| facts);
        client.ok_or_else(|| format!("error: spec/clients.yaml has no entry for `{}`; add one", language.id()))
    }

    pub fn read() -> Result<Self, String> {
        let inputs = r#gen::inputs(None)?;
        let understood = codegen::understand(&inputs, &mut |_| {}).map_err(|report| report.to_string())?;
        Ok(Self { api: understood.api, layout: understood.layout, clients: clients()? })
    }

    /// The snippets of all operations in a language: of the minimal and the full sample, and of the minimal one through a
    /// gateway.
    fn cases(&self, language: Language) -> Result<Vec<Case<'_>>, String> {
        let sampler = Sampler::new(&self.api);
        let sources = Sources { api: &self.api, layout: &self.layout, clients: &self.clients };
        let mut cases = Vec::new();
        let mut errors = Vec::new();
        for operation in &self.api.operations {
            for (size, name, address) in [
                (SIZES[0], "minimal", Address::Api),
                (SIZES[1], "full", Address::Api),
                (Size::Minimal, "gateway", Address::Gateway(GATEWAY)),
            ] {
                let (request, parameters) = (sampler.request(operation, size), sampler.parameters(operation, size));
                let samples = Samples { request, parameters };
                let name = format!("{}.{name}", operation.id);
                match snippet(sources, &operation.id, &samples, language, address) {
                    Ok(code) => cases.push(Case { name, operation, samples, address, code: code.text() }),
                    Err(error) => errors.push(format!("{name}: {error}")),
                }
            }
        }
        if errors.is_empty() { Ok(cases) } else { Err(format!("error: {}", errors.join("\nerror: "))) }
    }
}

/// The data about the clients.
pub fn clients() -> Result<Clients, String> {
    let input =
        |path: &std::path::Path| Ok::<_, String>(Input { name: workspace::shown(path), text: files::read(path)? });
    let facts = files::visible(&workspace::spec("clients"))?;
    let facts = facts.iter().map(|path| input(path)).collect::<Result<Vec<_>, _>>()?;
    codegen::clients::read(&input(&workspace::spec("clients.yaml"))?, &facts)
}
