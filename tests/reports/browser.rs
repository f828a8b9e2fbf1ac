//! The pages in Chromium, as whoever gets one opens it: nothing complains, nothing is asked of the net, nothing is wider
//! than the window, and it prints. Says that it is skipped where there is no Chromium.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use intake::domain::deed::{Deed, IdeaEdit, ReleaseEdit};
use intake::domain::idea::TicketKind;
use intake::exchange::report::html::render;
use serde_json::Value;

use crate::pages::World;

/// What would be asked of the net if a text were taken for markup.
const HOSTILE: &[&str] = &[
    "<img src=https://evil.example/x onerror=\"document.title='broken'\">",
    "</title></style><script src=https://evil.example/x.js></script>",
    "\"><link rel=stylesheet href=https://evil.example/x.css>",
    "<svg onload=\"fetch('https://evil.example')\"><iframe src=https://evil.example>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "x' style='background:url(https://evil.example/b)",
    "Averylongwordwithoutanyplacetobreakitaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "https://evil.example/a/very/long/address/that/has/no/blank/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

struct Browser {
    program: PathBuf,
    folder: tempfile::TempDir,
}

impl Browser {
    /// Chromium, where it is installed.
    fn find() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
        let path = std::env::var_os("PATH")?;
        let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        let program = names
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
            .find(|program| program.is_file())?;
        let folder = tempfile::tempdir().expect("a folder");
        Some(Self { program, folder })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, page: &Path, arguments: &[String]) -> Output {
        Command::new(&self.program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .args([
                "--no-first-run",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
            ])
            .args([
                "--disable-default-apps",
                "--disable-extensions",
                "--hide-scrollbars",
            ])
            .args([
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--v=0",
            ])
            .arg(format!(
                "--user-data-dir={}",
                self.path("profile").display()
            ))
            .args(arguments)
            .arg(format!("file://{}", page.display()))
            .output()
            .expect("the browser starts")
    }

    /// Opens the page itself, and prints it.
    fn opens(&self, name: &str, document: &str) {
        let page = self.path(&format!("{name}.html"));
        fs::write(&page, document).expect("a page");
        let log = self.path("net.json");
        let opened = self.run(
            &page,
            &[
                format!("--log-net-log={}", log.display()),
                "--dump-dom".to_owned(),
            ],
        );
        let said = String::from_utf8_lossy(&opened.stderr);
        assert!(!said.contains("CONSOLE"), "{name}: {said}");
        let dom = String::from_utf8_lossy(&opened.stdout);
        assert!(dom.contains("<main>"), "{name}: {dom} {said}");
        let net = fs::read_to_string(&log).expect("a log of the net");
        assert!(
            net.contains(&format!("{name}.html")),
            "{name}: the log tells nothing"
        );
        for host in ["evil.example", "example.com", "jira.example"] {
            assert!(!net.contains(host), "{name}: {host} was asked");
        }
        let pdf = self.path(&format!("{name}.pdf"));
        self.run(
            &page,
            &[
                format!("--print-to-pdf={}", pdf.display()),
                "--no-pdf-header-footer".to_owned(),
            ],
        );
        let printed = fs::read(&pdf).expect("a print");
        assert!(
            printed.starts_with(b"%PDF-") && printed.len() > 5_000,
            "{name}: no print"
        );
    }

    /// Opens all pages in frames as wide as windows and telephones, and measures them from outside.
    fn measures(&self, pages: &[(String, String)]) -> Value {
        let mut frames = String::new();
        for (name, document) in pages {
            let quoted = document.replace('&', "&amp;").replace('"', "&quot;");
            for width in [1280, 390] {
                frames.push_str(&format!(
                    "<iframe data-name=\"{name}\" width=\"{width}\" height=\"900\" style=\"border:0\" srcdoc=\"{quoted}\"></iframe>\n"
                ));
            }
        }
        let harness = format!(
            "<!doctype html><meta charset=utf-8><body>{frames}<pre id=result></pre><script>{MEASURE}</script>"
        );
        let page = self.path("harness.html");
        fs::write(&page, harness).expect("a page");
        let opened = self.run(
            &page,
            &[
                "--dump-dom".to_owned(),
                "--virtual-time-budget=20000".to_owned(),
            ],
        );
        let dom = String::from_utf8_lossy(&opened.stdout);
        let result = dom
            .split("<pre id=\"result\">")
            .nth(1)
            .and_then(|rest| rest.split("</pre>").next());
        let result =
            result.unwrap_or_else(|| panic!("{dom} {}", String::from_utf8_lossy(&opened.stderr)));
        let result = result
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        serde_json::from_str(&result).unwrap_or_else(|error| panic!("{error}: {result}"))
    }
}

/// What is measured of each frame: its width, what is wider, what it refers to outside, and what it has loaded.
const MEASURE: &str = r#"
addEventListener('load', () => {
  const found = [...document.querySelectorAll('iframe')].map(frame => {
    const page = frame.contentDocument, root = page.documentElement;
    const scrolls = element => element.closest('.table, .chart');
    const wide = [...page.querySelectorAll('body *')].filter(element =>
      !scrolls(element) && element.getBoundingClientRect().right > root.clientWidth + 1);
    const refers = page.querySelectorAll('[src], [srcset], [data], [background], [style], [ping], link, script, iframe, img, object, embed, form, base, video, audio, image, use, feImage');
    const active = [...page.querySelectorAll('*')].filter(element =>
      [...element.attributes].some(attribute => attribute.name.startsWith('on')));
    return {
      name: frame.dataset.name, asked: frame.width, width: root.clientWidth, scroll: root.scrollWidth,
      wide: wide.slice(0, 3).map(element => element.outerHTML.slice(0, 200)),
      refers: [...refers].map(element => element.outerHTML.slice(0, 200)),
      active: active.length, title: page.title,
      loaded: frame.contentWindow.performance.getEntriesByType('resource').length,
      text: page.body.innerText.length, size: frame.contentWindow.getComputedStyle(page.body).fontSize,
    };
  });
  document.getElementById('result').textContent = JSON.stringify(found);
});
"#;

/// The demo with hostile text in every field that a report shows.
fn hostile() -> World {
    let mut world = World::told();
    let export = world.idea("Export a board as PDF or CSV");
    let next = world.release("v10.2");
    let all = HOSTILE.join(" ");
    world.done(Deed::EditIdeas {
        ideas: vec![export],
        edits: vec![
            IdeaEdit::Title(all.clone()),
            IdeaEdit::Benefit(Some(HOSTILE.join("\n\n"))),
            IdeaEdit::Edition(Some(all.clone())),
            IdeaEdit::Workaround(Some(all.clone())),
        ],
    });
    for url in HOSTILE {
        world.done(Deed::AddTicket {
            idea: export,
            url: (*url).to_owned(),
            key: Some((*url).to_owned()),
            kind: TicketKind::Material,
        });
    }
    world.done(Deed::EditRelease {
        release: next,
        edit: ReleaseEdit {
            name: Some(HOSTILE[1].to_owned()),
            ..ReleaseEdit::default()
        },
    });
    world
}

fn documents(world: &World) -> Vec<(String, String)> {
    let pages = world.all().into_iter();
    pages
        .map(|(name, page)| (name.to_owned(), render(&page)))
        .collect()
}

#[test]
fn every_page_is_whole_in_a_browser() {
    let Some(browser) = Browser::find() else {
        println!("skipped: there is no Chromium");
        return;
    };
    let told = World::told();
    let mut pages = documents(&told);
    for (name, words) in [
        ("minutes", "Everybody was there.".to_owned()),
        ("hostile-minutes", HOSTILE.join("\n")),
    ] {
        pages.push((
            name.to_owned(),
            render(&crate::minutes::page(&told, &words)),
        ));
    }
    let hostile = hostile();
    let next = hostile.workspace.plan().expect("a plan");
    assert!(
        next.releases
            .iter()
            .any(|one| one.release.name == HOSTILE[1])
    );
    let mut bad: Vec<(String, String)> = ["plan", "difference", "news", "roadmap"]
        .iter()
        .zip([
            hostile.plan_at(0),
            hostile.difference(30),
            hostile.news(),
            hostile.roadmap(),
        ])
        .map(|(name, page)| (format!("hostile-{name}"), render(&page)))
        .collect();
    for (name, document) in bad.iter().chain(&pages) {
        browser.opens(name, document);
    }
    pages.append(&mut bad);
    if let Some(folder) = std::env::var_os("INTAKE_PAGES") {
        // For whoever wants to look at them.
        for (name, document) in &pages {
            fs::write(Path::new(&folder).join(format!("{name}.html")), document).expect("a copy");
        }
    }
    let measured = browser.measures(&pages);
    let frames = measured.as_array().expect("frames");
    assert_eq!(frames.len(), 2 * pages.len());
    for frame in frames {
        assert_eq!(
            frame["asked"].as_str(),
            Some(frame["width"].to_string().as_str()),
            "{frame}"
        );
        assert!(
            frame["scroll"].as_i64() <= frame["width"].as_i64(),
            "too wide: {frame}"
        );
        assert_eq!(frame["wide"], serde_json::json!([]), "{frame}");
        assert_eq!(frame["refers"], serde_json::json!([]), "{frame}");
        assert_eq!(
            (&frame["active"], &frame["loaded"]),
            (&0.into(), &0.into()),
            "{frame}"
        );
        assert_ne!(frame["title"], "broken");
        assert!(frame["text"].as_i64() > Some(40), "{frame}");
    }
}

#[test]
fn what_is_wrong_with_a_page_is_seen() {
    let Some(browser) = Browser::find() else {
        println!("skipped: there is no Chromium");
        return;
    };
    let wrong = "<main><p style='width:2000px' onclick='x()'>wide</p><img src='data:image/gif;base64,R0lG'></main>";
    let measured = browser.measures(&[("wrong".to_owned(), wrong.to_owned())]);
    for frame in measured.as_array().expect("frames") {
        assert!(
            frame["scroll"].as_i64() > frame["width"].as_i64(),
            "{frame}"
        );
        assert_eq!(frame["active"], 1, "{frame}");
        assert_eq!(frame["refers"].as_array().map(Vec::len), Some(2), "{frame}");
    }
    let page = browser.path("wrong.html");
    fs::write(
        &page,
        "<main><script>console.error('it complains')</script></main>",
    )
    .expect("a page");
    let opened = browser.run(&page, &["--dump-dom".to_owned()]);
    assert!(String::from_utf8_lossy(&opened.stderr).contains("CONSOLE"));
}
