//! Confirmations: a call that moves money is sent when the person has agreed to exactly this call.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::rand;
use plaid_catalog::model::{Operation, Sample};
use plaid_catalog::tools::json;

use super::text;
use crate::handles::Caller;

/// How long a person has to answer.
const LIFE: Duration = Duration::from_secs(15 * 60);

/// How many questions are open at most.
const MOST: usize = 256;

/// The longest text of the arguments that a person is shown.
const SHOWN: usize = 2_000;

/// The questions that wait for an answer. The protocol has no sessions: the client sends the call again, with the answer and the
/// name of the question.
#[derive(Default)]
pub struct Confirmations {
    open: Mutex<VecDeque<Question>>,
}

struct Question {
    name: String,
    caller: Caller,
    call: Vec<u8>,
    since: Instant,
}

impl Confirmations {
    /// Opens a question about a call and returns its name. Returns `None` if the system has no source of randomness.
    pub fn open(&self, caller: &Caller, operation: &Operation, arguments: &Sample) -> Option<String> {
        let name = random_name()?;
        let call = digest(operation, arguments);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push_back(Question { name: name.clone(), caller: caller.clone(), call, since: Instant::now() });
        while open.len() > MOST {
            open.pop_front();
        }
        Some(name)
    }

    /// Closes a question. Returns whether it was asked about this call, lately, and not answered before.
    pub fn close(&self, name: &str, caller: &Caller, operation: &Operation, arguments: &Sample) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = open.iter().position(|question| question.name == name && question.caller == *caller) else {
            return false;
        };
        let question = open.remove(at);
        question.is_some_and(|one| one.since.elapsed() <= LIFE && one.call == digest(operation, arguments))
    }
}

/// A random name. Returns `None` if the system has no source of randomness.
pub fn random_name() -> Option<String> {
    let mut random = [0; 16];
    rand::fill(&mut random).ok()?;
    Some(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What a person is asked.
pub fn question(name: &str, environment: &str, arguments: &Sample) -> String {
    let arguments = text::short(&json::pretty_json(arguments), SHOWN);
    format!("{name} moves money ({environment}). It would be called with:\n\n{arguments}\n\nSend it?")
}

fn digest(operation: &Operation, arguments: &Sample) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(operation.id.as_bytes());
    context.update(b"\n");
    context.update(json::json(arguments).as_bytes());
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::Confirmations;
    use crate::handles::Caller;
    use plaid_catalog::Catalog;
    use plaid_catalog::tools::json;

    #[test]
    fn an_answer_is_good_once_for_one_call_of_one_caller() {
        let questions = Confirmations::default();
        let (one, other) = (Caller::new("one"), Caller::new("other"));
        let operation = |id: &str| Catalog::plaid().operation(id).expect("the operation");
        let (create, cancel) = (operation("transferCreate"), operation("transferCancel"));
        let arguments = |text: &str| json::parse(text).expect("JSON");
        let (ten, more) = (arguments(r#"{"amount":"10.00"}"#), arguments(r#"{"amount":"9999.00"}"#));
        let open = || questions.open(&one, create, &ten).expect("a name");
        let name = open();
        assert!(!questions.close(&name, &other, create, &ten), "another caller");
        assert!(questions.close(&name, &one, create, &ten));
        assert!(!questions.close(&name, &one, create, &ten), "it was answered");
        assert!(!questions.close(&open(), &one, create, &more), "another amount");
        assert!(!questions.close(&open(), &one, cancel, &ten), "another operation");
        assert!(!questions.close("", &one, create, &ten));
    }
}
