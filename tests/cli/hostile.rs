//! Hostile files and hostile text: through every way in that can carry them, and out again by every way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::home::Home;

/// What drives terminals, misleads readers, runs in spreadsheets and browsers, or breaks parsers.
const SAMPLES: &[&str] = &[
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\ok\u{1b}]8;;\u{1b}\\",
    "\u{1b}]0;unterminated",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "safe\revil",
    "a\u{8}\u{8}X",
    "\u{e}\u{f}\u{7f}",
    "\u{202e}gpj.exe",
    "\u{2066}a\u{2069}",
    "a\u{200b}b\u{2060}c",
    "\u{e0041}\u{e0042}",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\u{fdfd}\u{3164}\u{ad}",
    "=HYPERLINK(\"http://x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\u{ff1d}1",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://x/p.gif)",
    "</script>",
    "`a` | b\n# x",
    "<!channel> @all @org/team fixes #1",
    "$(id);'`",
    "a\"b OR *",
    "NEAR(a b)",
];

fn is_bad(c: char) -> bool {
    (c.is_control() && c != '\n')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
        || ('\u{e0000}'..='\u{e007f}').contains(&c)
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{2028}' | '\u{2029}')
}

fn title(number: usize, sample: &str) -> String {
    format!("{sample} title {number}")
}

fn as_csv(path: &Path) {
    let mut writer = csv::Writer::from_path(path).expect("a writer");
    writer
        .write_record(["id", "title", "body", "customer", "company", "tags"])
        .expect("written");
    for (number, sample) in SAMPLES.iter().enumerate() {
        let (id, title) = (number.to_string(), title(number, sample));
        writer
            .write_record([id.as_str(), &title, sample, sample, sample, "hostile"])
            .expect("written");
    }
    writer.flush().expect("written");
}

fn as_json(path: &Path) {
    let rows: Vec<Value> = SAMPLES
        .iter()
        .enumerate()
        .map(|(number, sample)| {
            json!({"id": number, "title": title(number, sample), "body": sample, "customer": sample, "company": sample})
        })
        .collect();
    fs::write(path, Value::Array(rows).to_string()).expect("written");
}

fn as_mbox(path: &Path) {
    let mut text = String::new();
    for (number, sample) in SAMPLES.iter().enumerate() {
        let hex = |text: &str| {
            text.bytes()
                .map(|b| format!("={b:02X}"))
                .collect::<String>()
        };
        text.push_str(&format!(
            "From a@b.example Mon Nov 16 10:00:00 2026\nMessage-ID: <{number}@b.example>\n\
             From: =?utf-8?Q?{}?= <a@b.example>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n\
             Subject: =?utf-8?Q?{}?=\nContent-Type: text/plain; charset=utf-8\n\
             Content-Transfer-Encoding: quoted-printable\n\n{}\n\n",
            hex(sample).replace("=20", "_"),
            hex(&title(number, sample)).replace("=20", "_"),
            hex(sample)
        ));
    }
    fs::write(path, text).expect("written");
}

#[test]
fn hostile_text_comes_in_by_every_way_and_goes_out_harmless() {
    for (name, write) in [
        ("hostile.csv", as_csv as fn(&Path)),
        ("hostile.json", as_json),
        ("hostile.mbox", as_mbox),
    ] {
        let home = Home::new();
        let path = home.path(name);
        write(&path);
        let plan = home.ok(&["import", &path.display().to_string(), "--yes"]);
        assert!(!plan.contains(is_bad), "{name}: {plan:?}");
        let list = home.json(&["list", "is:all", "--json"]);
        let list = list.as_array().expect("a list");
        assert_eq!(list.len(), SAMPLES.len(), "{name}");
        for item in list {
            let id = item["short_id"].as_str().expect("an id");
            let shown = home.ok(&["show", id]);
            assert!(!shown.contains(is_bad), "{name}: {shown:?}");
            home.json(&["show", id, "--json"]);
        }
        for arguments in [&["list", "is:all"][..], &["log"], &["company", "list"]] {
            let text = home.ok(arguments);
            assert!(!text.contains(is_bad), "{name} {arguments:?}: {text:?}");
        }
        exports_are_harmless(&home);
    }
}

fn exports_are_harmless(home: &Home) {
    let csv = home.ok(&["export", "feedback", "is:all", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let mut rows = 0;
    for record in reader.records() {
        for cell in &record.expect("a record") {
            let begins = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
            let runs = matches!(
                begins,
                Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}')
            );
            assert!(!runs || cell.parse::<f64>().is_ok(), "{cell:?}");
        }
        rows += 1;
    }
    assert_eq!(rows, SAMPLES.len());
    let markdown = home.ok(&["export", "feedback", "is:all", "--format", "markdown"]);
    assert!(!markdown.contains(is_bad), "{markdown:?}");
    for live in ["<img", "](javascript:", "![x](", "</script>"] {
        assert!(!markdown.contains(live), "{live}: {markdown}");
    }
    let lines = home.ok(&["export", "feedback", "is:all", "--format", "jsonl"]);
    for line in lines.lines() {
        serde_json::from_str::<Value>(line).expect("JSON");
    }
    assert_eq!(lines.lines().count(), SAMPLES.len());
}

/// How much memory, in KiB, this program may take while it reads a hostile file: what it takes for a harmless one, and
/// 64 MiB.
const GROWTH: u64 = 64 * 1024;
/// How long a hostile file may take. A busy machine is slower than the child's own limit of processor time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Imports a file; answers the exit code, what was said, and the most memory that was seen.
fn watched(home: &Home, path: &Path) -> (i32, String, u64) {
    let file = path.display().to_string();
    let mut command = home.command(&["--as", "@hana", "import", &file, "--yes", "--json"]);
    let log = home.path("stderr");
    let err = fs::File::create(&log).expect("a file");
    let mut child = command
        .stdout(Stdio::null())
        .stderr(err)
        .spawn()
        .expect("runs");
    let pid = child.id();
    let (ended, ending) = mpsc::channel();
    std::thread::spawn(move || ended.send(child.wait().expect("waits")));
    let started = Instant::now();
    let mut most = 0;
    let ended = loop {
        let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(kib.unwrap_or(0));
        // Until it ends, its memory is looked at a thousand times a second.
        match ending.recv_timeout(Duration::from_millis(1)) {
            Ok(ended) => break ended,
            Err(_) => assert!(started.elapsed() < PATIENCE, "{file} takes for ever"),
        }
    };
    let said = fs::read_to_string(&log).unwrap_or_default();
    let code = ended
        .code()
        .unwrap_or_else(|| panic!("{file}: {ended}: {said}"));
    (code, said, most)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn every_hostile_file_is_imported_or_refused_and_harms_nothing() {
    let Some(corpus) = std::env::var_os("INTAKE_CORPUS").map(PathBuf::from) else {
        println!("skipped: INTAKE_CORPUS is not set");
        return;
    };
    let home = Home::new();
    let harmless = home.path("harmless.csv");
    fs::write(&harmless, "id,title\n1,One\n").expect("written");
    let (code, said, least) = watched(&home, &harmless);
    assert_eq!(code, 0, "{said}");
    let mut found = Vec::new();
    files(&corpus.join("hostile"), &mut found);
    assert!(found.len() > 50);
    let mut imported = 0;
    for path in found {
        let before = home.ok(&["log", "--json"]);
        let (code, said, most) = watched(&home, &path);
        let name = path.display();
        assert!(matches!(code, 0 | 6), "{name}: {code}: {said}");
        if code == 6 {
            assert!(said.contains("hint:"), "{name}: {said}");
            assert_eq!(home.ok(&["log", "--json"]), before, "{name}");
        }
        imported += usize::from(code == 0);
        assert!(
            most < least + GROWTH,
            "{name}: {most} KiB, harmless {least}"
        );
    }
    assert!(imported > 0);
}

#[test]
fn long_names_and_titles_are_told_in_a_line() {
    let home = Home::new();
    let long = "long ".repeat(2_000);
    for arguments in [
        ["area", "add", &long],
        ["company", "add", &long],
        ["release", "add", &long],
    ] {
        let said = home.ok(&arguments);
        assert!(said.contains('…') && said.len() < 200, "{said}");
    }
    let names = home.json(&["release", "list", "--json"]);
    assert_eq!(names[0]["name"], long.trim());
    let file = home.path("long.csv");
    fs::write(&file, format!("id,title\n1{long},{long}\n")).expect("a file");
    let file = file.display().to_string();
    let plan = home.ok(&["import", &file, "--dry-run"]);
    assert!(plan.contains("long long") && plan.len() < 1_000, "{plan}");
    let plan = home.json(&["import", &file, "--dry-run", "--json"]);
    assert_eq!(plan["samples"][0]["title"], long);
}
