//! HTML as readable text.

/// The readable text of an HTML fragment, and the HTML itself to be kept with it; `None` for it where there was no markup.
#[must_use]
pub fn readable(html: &str) -> (String, Option<String>) {
    if !html.contains(['<', '&']) {
        return (html.to_owned(), None);
    }
    let text = html2text::config::plain_no_decorate()
        .string_from_read(html.as_bytes(), WIDTH)
        .unwrap_or_else(|_| html.to_owned());
    (text.trim_end().to_owned(), Some(html.to_owned()))
}

/// Lines are not wrapped: whoever shows them does.
const WIDTH: usize = 100_000;
