//! Types and signatures as text: without lifetimes' spacing or aliases, and with names of arguments only in constructors.

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// The aliases of a crate, by name.
pub(super) struct Aliases(HashMap<String, TokenStream>);

/// The depth of aliases is limited by the number of types, and cycles were reported earlier.
const MAX_DEPTH: usize = 32;

impl Aliases {
    pub(super) fn of(aliases: impl Iterator<Item = (String, TokenStream)>) -> Self {
        Self(aliases.collect())
    }

    /// Tokens as text, each alias replaced with its target.
    pub(super) fn text(&self, tokens: &impl ToTokens) -> String {
        let mut text = String::new();
        self.write(tokens.to_token_stream(), &mut text, 0);
        text
    }

    fn write(&self, tokens: TokenStream, out: &mut String, depth: usize) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    match self.0.get(&name).filter(|_| depth < MAX_DEPTH) {
                        Some(alias) => self.write(alias.clone(), out, depth + 1),
                        None => {
                            if out.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                                out.push(' ');
                            }
                            out.push_str(&name);
                        }
                    }
                }
                TokenTree::Punct(punct) => match punct.as_char() {
                    ',' => out.push_str(", "),
                    '=' => out.push_str(" = "),
                    sign => out.push(sign),
                },
                TokenTree::Literal(literal) => out.push_str(&literal.to_string()),
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    out.push_str(open);
                    self.write(group.stream(), out, depth);
                    out.push_str(close);
                }
            }
        }
    }

    /// A method's: what it takes and returns. The arguments of a constructor are in the document's order. Their names are
    /// kept, because two of one type that change places compile as before, and mean something else.
    pub(super) fn method(&self, signature: &syn::Signature) -> String {
        let is_constructor = signature.receiver().is_none();
        let inputs = signature.inputs.iter().map(|input| match input {
            syn::FnArg::Receiver(receiver) => match &receiver.kind {
                syn::ReceiverKind::Reference(_, _, Some(_)) => "&mut self".to_owned(),
                syn::ReceiverKind::Reference(..) => "&self".to_owned(),
                // Whether `self` is `mut` does not matter to callers.
                _ => "self".to_owned(),
            },
            syn::FnArg::Typed(typed) if is_constructor => {
                format!("{}: {}", self.text(&typed.pat), self.text(&typed.ty))
            }
            syn::FnArg::Typed(typed) => self.text(&typed.ty),
        });
        let inputs: Vec<String> = inputs.collect();
        let output = match &signature.output {
            syn::ReturnType::Default => String::new(),
            syn::ReturnType::Type(_, ty) => format!(" -> {}", self.text(ty)),
        };
        format!("fn({}){output}", inputs.join(", "))
    }
}
