//! Opening the source of a thing outside the terminal.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};
use std::{io, thread};

use crate::problem::{Kind, Problem};

/// The program that knows what opens a URL on this desktop.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Opens `url`, which is untrusted: it comes from an imported file. It goes to the opener as one argument and
/// past no shell; the opener gets neither our terminal nor our process group, so that nothing it prints reaches
/// the screen. `failed` is called on another thread, if at all.
///
/// # Errors
/// The URL is not one that is safe to open.
pub fn open(url: &str, failed: impl FnOnce(Problem) + Send + 'static) -> Result<(), Problem> {
    check(url)?;
    let mut command = Command::new(OPENER);
    command
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0);
    let url = url.to_owned();
    let spawned = thread::Builder::new()
        .name("browser".into())
        .spawn(move || {
            // Waiting reaps the process; a browser in the foreground keeps this thread asleep, no more.
            if let Some(cause) = cause_of_failure(command.status()) {
                failed(cannot_open(&url).because(cause));
            }
        });
    spawned
        .map(drop)
        .map_err(|error| cannot_open("the source").caused_by(&error))
}

fn cannot_open(url: &str) -> Problem {
    Problem::new(Kind::Refused, format!("cannot open {url}")).hint("Y copies it with its address")
}

fn cause_of_failure(outcome: io::Result<ExitStatus>) -> Option<String> {
    match outcome {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("`{OPENER}` ended with {status}")),
        Err(error) => Some(format!("`{OPENER}` cannot be started: {error}")),
    }
}

/// Lets pass what a browser or a mail program can be trusted with.
///
/// Other schemes start other programs (`file:`, `ssh:`, `ms-msdt:` …). A mail address may carry a subject and a
/// body, but not `attach`, by which some mail programs take a file of the user along.
fn check(url: &str) -> Result<(), Problem> {
    let refuse = |cause: &str| Err(cannot_open(url).because(cause));
    if url
        .chars()
        .any(|letter| letter.is_control() || letter.is_whitespace())
    {
        return refuse("it holds a space or a control character");
    }
    let Some((scheme, rest)) = url.split_once(':') else {
        return refuse("it is not an address");
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" if rest.len() > 2 && rest.starts_with("//") => Ok(()),
        "http" | "https" => refuse("it names no host"),
        "mailto" if attaches_a_file(rest) => refuse("it would attach a file of yours to the mail"),
        "mailto" => Ok(()),
        _ => refuse("only http, https and mailto addresses are opened"),
    }
}

/// The name of a header may be percent-encoded, so a letter that is encoded there is suspicious enough.
fn attaches_a_file(mail: &str) -> bool {
    mail.split_once('?').is_some_and(|(_, headers)| {
        headers.split(['&', ';']).any(|header| {
            let name = header.split('=').next().unwrap_or_default();
            name.contains('%') || name.to_ascii_lowercase().starts_with("attach")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_and_people_pass() {
        for url in [
            "https://example.com/a?b=c#d",
            "HTTP://example.com",
            "mailto:dana@example.com?subject=Hello&body=x",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for (url, cause) in [
            ("file:///etc/passwd", "only http"),
            ("javascript:alert(1)", "only http"),
            ("-rf", "not an address"),
            ("$(id)", "not an address"),
            ("https:", "no host"),
            ("https:evil", "no host"),
            ("https://a b", "space"),
            ("https://a\n", "space"),
            ("https://a\u{1b}[2J", "control"),
            ("mailto:a@b?Attach=/etc/passwd", "attach"),
            ("mailto:a@b?subject=x&attachment=/etc/passwd", "attach"),
            ("mailto:a@b?%61ttach=/etc/passwd", "attach"),
            ("", "not an address"),
        ] {
            let problem = check(url).expect_err(url);
            assert!(problem.causes[0].contains(cause), "{url}: {problem:?}");
        }
    }
}
