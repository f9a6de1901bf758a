//! What a catalog is made of, and its two forms as a file.

use api_model::Api;
use api_model::layout::Layout;
use serde::{Deserialize, Serialize};
use serde_json::ser::Formatter;

use crate::packed;

/// Everything that is known about an API: the model, and how it looks in the SDK.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// The model.
    pub api: Api,
    /// How it looks in Rust.
    pub layout: Layout,
}

/// How deep members are on lines of their own: each operation, type and module has one.
const LINES: usize = 3;

impl Data {
    /// As JSON, with a line for each operation, type and module, so that a change shows as the lines that it is about.
    ///
    /// # Errors
    /// None for data that was read or generated: serde's signature has one.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut bytes = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Lines::default());
        self.serialize(&mut serializer)?;
        bytes.push(b'\n');
        String::from_utf8(bytes).map_err(serde::ser::Error::custom)
    }

    /// Reads the JSON.
    ///
    /// # Errors
    /// A text that is not JSON, or not that of this version of the model.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// In the form that applications embed, see [`packed`]. It is smaller than the JSON, and read faster.
    ///
    /// # Errors
    /// A type of the model that the form can't express; tests make sure that there is none.
    pub fn to_bytes(&self) -> Result<Vec<u8>, packed::Error> {
        packed::to_bytes(self)
    }

    /// Reads the embedded form.
    ///
    /// # Errors
    /// Bytes that are damaged, or that another version of the model wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, packed::Error> {
        packed::from_bytes(bytes)
    }
}

/// Prints JSON without spaces, and breaks lines down to a depth.
#[derive(Default)]
struct Lines {
    depth: usize,
}

impl Lines {
    fn member<W: ?Sized + std::io::Write>(&self, writer: &mut W, first: bool) -> std::io::Result<()> {
        let separator: &[u8] = match (first, self.depth <= LINES) {
            (true, true) => b"\n",
            (true, false) => b"",
            (false, true) => b",\n",
            (false, false) => b",",
        };
        writer.write_all(separator)
    }

    fn open<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> std::io::Result<()> {
        self.depth += 1;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> std::io::Result<()> {
        self.depth -= 1;
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        self.member(writer, first)
    }

    fn begin_object<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        self.member(writer, first)
    }
}

#[cfg(test)]
mod tests {
    use super::Data;
    use api_model::{Api, Server};

    #[test]
    fn both_forms_come_back_unchanged() {
        let server = Server { url: "https://a.test".to_owned(), description: None };
        let api = Api { title: "A".to_owned(), servers: vec![server.clone(), server], ..Api::default() };
        let data = Data { api, ..Data::default() };
        let json = data.to_json().expect("JSON");
        assert_eq!(Data::from_json(&json).expect("the data"), data);
        assert_eq!(Data::from_bytes(&data.to_bytes().expect("bytes")), Ok(data));
        let server = "{\"url\":\"https://a.test\",\"description\":null}";
        assert!(json.contains(&format!("\n\"servers\":[\n{server},\n{server}],\n")), "{json}");
    }
}
