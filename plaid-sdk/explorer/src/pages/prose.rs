//! Texts of the API as HTML and as Markdown.

use maud::{Markup, PreEscaped};
use plaid_catalog::model::{Operation, Span, Target, Text, code_span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

use super::links::{Address, anchor};
use super::view::View;

/// Where links in a text lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// To pages.
    Html,
    /// To pages as Markdown.
    Markdown,
}

/// A text as Markdown with links.
pub fn markdown(view: &View, text: &Text, form: Form) -> String {
    let mut markdown = String::new();
    for span in &text.0 {
        match span {
            Span::Markdown(text) => markdown.push_str(text),
            Span::Code(code) => markdown.push_str(&code_span(code)),
            Span::Link { code, to } => {
                let code = code_span(code);
                match link(view, to, form) {
                    // Addresses are escaped, so they have no parentheses.
                    Some(link) => markdown.push_str(&format!("[{code}]({link})")),
                    None => markdown.push_str(&code),
                }
            }
        }
    }
    markdown
}

/// A text as HTML, in paragraphs.
pub fn html(view: &View, text: &Text) -> Markup {
    let markdown = markdown(view, text, Form::Html);
    let mut html = String::new();
    push_html(&mut html, safe(&markdown));
    PreEscaped(html)
}

/// A text as HTML. A single paragraph is not wrapped, so that it fits into a line.
pub fn inline_html(view: &View, text: &Text) -> Markup {
    let markdown = markdown(view, text, Form::Html);
    let events: Vec<Event<'_>> = safe(&markdown).collect();
    let paragraphs = events.iter().filter(|event| matches!(event, Event::Start(Tag::Paragraph))).count();
    let is_one = paragraphs == 1
        && matches!(events.first(), Some(Event::Start(Tag::Paragraph)))
        && matches!(events.last(), Some(Event::End(TagEnd::Paragraph)));
    let inner = events.get(1..events.len().saturating_sub(1)).filter(|_| is_one);
    let mut html = String::new();
    push_html(&mut html, inner.unwrap_or(&events).iter().cloned());
    PreEscaped(html)
}

/// A text as one line of Markdown.
pub fn line(view: &View, text: &Text) -> String {
    markdown(view, text, Form::Markdown).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without marks, for titles and descriptions.
pub fn plain(text: &Text) -> String {
    let pieces = text.0.iter().map(|span| match span {
        Span::Markdown(text) | Span::Code(text) | Span::Link { code: text, .. } => text.as_str(),
    });
    pieces.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The events of a Markdown text, with HTML as plain text: no text can add elements to a page.
fn safe(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(markdown, Options::empty()).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        other => other,
    })
}

/// Where an item of the API is described.
fn link(view: &View, to: &Target, form: Form) -> Option<String> {
    let page = |address: &Address<'_>| match form {
        Form::Html => view.links.to(address),
        Form::Markdown => view.links.to_markdown(address),
    };
    let catalog = view.catalog;
    Some(match to {
        Target::Operation(id) => page(&Address::operation(catalog, catalog.operation(id)?)),
        Target::Type(id) => page(&Address::Type(&catalog.api().types.get(id)?.id)),
        Target::Field { of, property } => {
            // A property of a request is on the page of its operation, which has the form.
            let address = request_of(view, of).map_or_else(
                || catalog.api().types.get(of).map(|def| Address::Type(&def.id)),
                |operation| Some(Address::operation(catalog, operation)),
            )?;
            match form {
                Form::Html => view.links.to_anchor(&address, &anchor(property)),
                Form::Markdown => page(&address),
            }
        }
        Target::Webhook { kind, code, .. } => page(&Address::Webhook(kind, code)),
        Target::ErrorCode(code) => page(&Address::Error(code)),
    })
}

/// The operation whose request is this type.
fn request_of(view: &View, id: &plaid_catalog::model::TypeId) -> Option<&'static Operation> {
    let name = id.to_string();
    let method = name.strip_suffix("Request")?;
    let mut chars = method.chars();
    let first = chars.next()?;
    let operation = view.catalog.operation(&format!("{}{}", first.to_lowercase(), chars.as_str()))?;
    let is_body = operation.body.as_ref().and_then(|body| body.ty.named()).is_some_and(|body| body == id);
    is_body.then_some(operation)
}

#[cfg(test)]
mod tests {
    use super::{html, inline_html, line, markdown, plain};
    use crate::pages::links::Links;
    use crate::pages::prose::Form;
    use crate::pages::view::View;
    use plaid_catalog::Catalog;
    use plaid_catalog::model::{Span, Target, Text, TypeId};

    fn view() -> View {
        View { catalog: Catalog::plaid(), links: Links::served(), environment: None }
    }

    fn text() -> Text {
        Text(vec![
            Span::Markdown("Call ".to_owned()),
            Span::Link { code: "/item/get".to_owned(), to: Target::Operation("itemGet".to_owned()) },
            Span::Markdown(" & <b>read</b> ".to_owned()),
            Span::Code("a<b".to_owned()),
        ])
    }

    #[test]
    fn texts_become_html_with_links_and_without_elements_of_their_own() {
        let expected = "Call <a href=\"/operations/item_get\"><code>/item/get</code></a> &amp; &lt;b&gt;read&lt;/b&gt; \
                        <code>a&lt;b</code>";
        assert_eq!(inline_html(&view(), &text()).into_string(), expected);
        assert_eq!(html(&view(), &text()).into_string(), format!("<p>{expected}</p>\n"));
        let two = Text::markdown("One.\n\n- two\n- three");
        assert!(inline_html(&view(), &two).into_string().starts_with("<p>One.</p>\n<ul>"));
    }

    #[test]
    fn texts_become_markdown_that_links_to_markdown() {
        assert_eq!(line(&view(), &text()), "Call [`/item/get`](/operations/item_get.md) & <b>read</b> `a<b`");
        assert_eq!(plain(&text()), "Call /item/get & <b>read</b> a<b");
    }

    #[test]
    fn a_property_of_a_request_is_on_the_page_of_its_operation() {
        let field = |of: &str, property: &str| {
            let to = Target::Field { of: TypeId::schema(of), property: property.to_owned() };
            markdown(&view(), &Text(vec![Span::Link { code: "x".to_owned(), to }]), Form::Html)
        };
        assert_eq!(field("LinkTokenCreateRequest", "user"), "[`x`](/operations/link_token_create#user)");
        assert_eq!(field("AccountBase", "mask"), "[`x`](/types/AccountBase#mask)");
        assert_eq!(field("Nothing", "mask"), "`x`");
    }
}
