//! Questions on a page: what an answer has to look like, and how the questions are shown with what is wrong.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::form::Form;
use crate::ops::items::valid_url;

/// The longest answer.
const LONGEST: usize = 500;

/// What an answer has to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// An address of the web.
    Website,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// This many digits.
    Digits(usize),
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The name of its field, which is the one of the property of the API.
    pub name: &'static str,
    label: &'static str,
    kind: Kind,
    help: Option<&'static str>,
    is_required: bool,
}

impl Question {
    /// One that has to be answered.
    pub const fn required(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { name, label, kind, help: None, is_required: true }
    }

    /// One that can stay empty.
    pub const fn optional(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { is_required: false, ..Self::required(name, label, kind) }
    }

    /// The same with words about the answer.
    pub const fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }

    /// What is wrong with the answer, for the person who gave it.
    fn wrong(&self, form: &Form) -> Option<String> {
        let Some(answer) = form.filled(self.name) else {
            return self.is_required.then(|| "Fill this in.".to_owned());
        };
        if answer.chars().count() > LONGEST {
            return Some(format!("Write at most {LONGEST} characters."));
        }
        let is_right = match self.kind {
            Kind::Text => true,
            Kind::Website => valid_url(self.name, answer).is_ok(),
            Kind::Email => answer.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty()),
            Kind::Phone => answer.bytes().filter(u8::is_ascii_digit).count() >= 7,
            Kind::Digits(count) => answer.len() == count && answer.bytes().all(|byte| byte.is_ascii_digit()),
        };
        (!is_right).then(|| match self.kind {
            Kind::Text => String::new(),
            Kind::Website => "Write the whole address, such as https://example.com.".to_owned(),
            Kind::Email => "Write an e-mail address, such as office@example.com.".to_owned(),
            Kind::Phone => "Write a phone number with its country, such as +12345678909.".to_owned(),
            Kind::Digits(count) => format!("Write {count} digits."),
        })
    }
}

/// The questions of a page.
#[derive(Clone, Copy, Debug)]
pub struct Questions {
    /// What the page is called.
    pub title: &'static str,
    /// What the answers are for.
    pub lead: &'static str,
    /// The questions by line.
    pub lines: &'static [&'static [Question]],
}

impl Questions {
    /// Whether an answer is missing or can't be right.
    pub fn any_wrong(&self, form: &Form) -> bool {
        self.lines.iter().copied().flatten().any(|question| question.wrong(form).is_some())
    }

    /// The form. With answers that were sent, it says beside each what is wrong.
    pub fn show(&self, sent: Option<&Form>) -> Markup {
        let wrong = |question: &Question| sent.and_then(|form| question.wrong(form));
        let all = || self.lines.iter().copied().flatten();
        let count = all().filter(|question| wrong(question).is_some()).count();
        let first = all().find(|question| wrong(question).is_some()).map(|question| question.name);
        html! {
            h1 { (self.title) }
            p.help { (self.lead) }
            @if count > 0 {
                p.problem role="alert" {
                    "Nothing was sent. "
                    @if count == 1 { "Correct the marked answer." } @else { "Correct the " (count) " marked answers." }
                }
            }
            // Without an action, a form is sent to the address of its page, with the query.
            form.stack method="post" {
                @for line in self.lines {
                    @if let [question] = line { (field(question, sent, wrong(question), first)) }
                    @else {
                        div.line { @for question in *line { (field(question, sent, wrong(question), first)) } }
                    }
                }
                div.actions { button.main { "Send" } }
            }
        }
    }
}

/// The field of a question. `first` is the first one that has to be corrected: there the person goes on.
fn field(question: &Question, sent: Option<&Form>, wrong: Option<String>, first: Option<&str>) -> Markup {
    let name = question.name;
    let (kind, keys) = match question.kind {
        Kind::Text => ("text", None),
        Kind::Website => ("url", None),
        Kind::Email => ("email", None),
        Kind::Phone => ("tel", None),
        Kind::Digits(_) => ("text", Some("numeric")),
    };
    let (help, problem) = (format!("{name}-help"), format!("{name}-wrong"));
    let about: Vec<&str> = [(question.help.is_some(), &help), (wrong.is_some(), &problem)]
        .into_iter()
        .filter_map(|(is_there, id)| is_there.then_some(id.as_str()))
        .collect();
    html! {
        div.field {
            label for=(name) { (question.label) @if !question.is_required { span.soft { " (optional)" } } }
            input id=(name) type=(kind) name=(name) inputmode=[keys] required[question.is_required] autocomplete="off"
                value=[sent.and_then(|form| form.get(name))] aria-invalid=[wrong.is_some().then_some("true")]
                aria-describedby=[(!about.is_empty()).then(|| about.join(" "))] autofocus[first == Some(name)];
            @if let Some(text) = question.help { p.help id=(help) { (text) } }
            @if let Some(text) = wrong { p.wrong id=(problem) { (text) } }
        }
    }
}

/// The answers to some questions, as an object. What was left empty is absent.
pub fn answers<'a>(form: &Form, questions: impl IntoIterator<Item = &'a Question>) -> Value {
    let given = |question: &Question| Some((question.name.to_owned(), json!(form.filled(question.name)?)));
    questions.into_iter().filter_map(given).collect()
}

#[cfg(test)]
mod tests {
    use super::{Form, Kind, Question, answers, json};

    fn wrong(kind: Kind, answer: &str) -> Option<String> {
        Question::optional("one", "One", kind).wrong(&Form::read(&format!("one={answer}")))
    }

    #[test]
    fn an_answer_has_to_look_like_what_was_asked_for() {
        for (kind, right, not) in [
            (Kind::Website, "https://example.com", "example.com"),
            (Kind::Email, "office@example.com", "office"),
            (Kind::Phone, "%2B12345678909", "phone"),
            (Kind::Digits(6), "561790", "56179"),
            (Kind::Digits(2), "12", "1x"),
        ] {
            assert_eq!(wrong(kind, right), None, "{kind:?}");
            assert!(wrong(kind, not).is_some_and(|text| text.starts_with("Write ")), "{kind:?}");
            assert_eq!(wrong(kind, "+"), None, "{kind:?} is optional");
        }
        assert_eq!(wrong(Kind::Text, &"x".repeat(500)), None);
        assert_eq!(wrong(Kind::Text, &"x".repeat(501)).as_deref(), Some("Write at most 500 characters."));
        let required = Question::required("one", "One", Kind::Text);
        assert_eq!(required.wrong(&Form::read("one=+")).as_deref(), Some("Fill this in."));
    }

    #[test]
    fn what_was_left_empty_is_no_answer() {
        let all = [Question::required("a", "A", Kind::Text), Question::optional("b", "B", Kind::Text)];
        assert_eq!(answers(&Form::read("a=+x+&b=+&c=y"), &all), json!({"a": "x"}));
    }
}
