//! Measures how long it takes to read the catalog in several forms, and to search it. Each measurement is a process of its
//! own, since an application reads the catalog once. `cargo xtask bench catalog` builds it, outside the workspace.

mod figure;

use std::hint::black_box;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use plaid_catalog::{Catalog, Data};

/// How many processes measure a form. The fastest counts.
const ROUNDS: usize = 7;

const FORMS: [&str; 5] = ["api.json", "api.rmp", "api.bin", "api.json.z", "api.bin.z"];

const QUERIES: [&str; 12] = [
    "cursor", "create transfer", "ITEM_LOGIN_REQUIRED", "account number", "pdf", "webhook verification", "t",
    "/link/token/create", "user.phone_number", "trasnfer craete", "how do i get the balance of an account", "qqqqqq",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["read", data, form] => println!("{}", read(Path::new(data), form).as_nanos()),
        ["plaid"] => {
            let start = Instant::now();
            black_box(Catalog::plaid().api().operations.len());
            println!("{}", start.elapsed().as_nanos());
        }
        ["lookups"] => {
            let catalog = Catalog::plaid();
            let start = Instant::now();
            black_box(catalog.find_operation("/auth/get").is_ok());
            println!("{}", start.elapsed().as_nanos());
        }
        ["index"] => {
            let catalog = Catalog::plaid();
            let start = Instant::now();
            black_box(catalog.search_index().entries().len());
            println!("{}", start.elapsed().as_nanos());
        }
        [data] => all(data),
        _ => panic!("one argument: the folder of the data"),
    }
}

fn all(data: &str) {
    let folder = Path::new(data);
    println!("| form | bytes | read |\n|---|---|---|");
    for form in FORMS {
        println!("| {form} | {} | {} |", form_bytes(folder, form).len(), shown(fastest(&["read", data, form])));
    }
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let first = fastest(&["plaid"]);
    figure::figure(&format!("catalog.{profile}"), first.as_secs_f64() * 1e3);
    println!("\nCatalog::plaid(), first call    {}", shown(first));
    println!("first lookup after it           {}", shown(fastest(&["lookups"])));
    println!("index for searching             {}", shown(fastest(&["index"])));
    let catalog = Catalog::plaid();
    let json = catalog.search_index().to_json().expect("the index as JSON");
    println!("index as JSON                   {} bytes, {} deflated", json.len(), deflated(json.as_bytes()).len());
    println!("\n| query | time | hits |\n|---|---|---|");
    let mut slowest = Duration::ZERO;
    for query in QUERIES {
        let mut best = Duration::MAX;
        let mut hits = 0;
        for _ in 0..20 {
            let start = Instant::now();
            hits = black_box(catalog.search(query, 20)).len();
            best = best.min(start.elapsed());
        }
        slowest = slowest.max(best);
        println!("| {query} | {} | {hits} |", shown(best));
    }
    figure::figure(&format!("query.{profile}"), slowest.as_secs_f64() * 1e3);
}

/// The shortest time that a process of its own reports.
fn fastest(arguments: &[&str]) -> Duration {
    let program = std::env::current_exe().expect("this program");
    let measure = |_| {
        let output = Command::new(&program).args(arguments).output().expect("this program runs");
        let text = String::from_utf8(output.stdout).expect("a number");
        Duration::from_nanos(text.trim().parse().unwrap_or_else(|_| panic!("{arguments:?} failed: {text}")))
    };
    (0..ROUNDS).map(measure).min().expect("a round")
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// The data in a form. Forms that are not files are made.
fn form_bytes(folder: &Path, form: &str) -> Vec<u8> {
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    match form {
        "api.rmp" => rmp_serde::to_vec_named(Catalog::plaid().data()).expect("MessagePack"),
        _ => match form.strip_suffix(".z") {
            Some(name) => deflated(&file(name)),
            None => file(form),
        },
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::read::ZlibEncoder::new(bytes, flate2::Compression::best());
    let mut all = Vec::new();
    encoder.read_to_end(&mut all).expect("deflated");
    all
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut all).expect("inflated");
    all
}

fn read(folder: &Path, form: &str) -> Duration {
    let bytes = form_bytes(folder, form);
    let start = Instant::now();
    let data: Data = match form {
        "api.json" => Data::from_json(std::str::from_utf8(&bytes).expect("text")).expect("JSON"),
        "api.rmp" => rmp_serde::from_slice(&bytes).expect("MessagePack"),
        "api.bin" => Data::from_bytes(&bytes).expect("the packed form"),
        "api.json.z" => Data::from_json(std::str::from_utf8(&inflated(&bytes)).expect("text")).expect("JSON"),
        "api.bin.z" => Data::from_bytes(&inflated(&bytes)).expect("the packed form"),
        other => panic!("unknown form {other}"),
    };
    let time = start.elapsed();
    black_box(&data);
    time
}
