//! What the themes that come with the program promise.

use super::*;

#[test]
fn the_themes_that_come_with_the_program_are_whole() {
    let themes = Themes::default();
    let names = ["auto", "dark", "light", "high-contrast", "colour-blind"];
    assert_eq!(themes.names(), names);
    let mut source = Source::new(Path::new("theme.toml"), BUILT_IN);
    let section = source.parse();
    let whole = read(section, &mut source);
    assert_eq!(source.finish(), []);
    // Each is read from its piece of the file as it is from all of it.
    for theme in whole {
        let piece = BuiltIn::named(&theme.name).expect("a piece");
        let plain = |theme: &Theme| {
            let base = theme.base.as_ref().map(|base| base.value.clone());
            let roles = theme.roles.iter();
            let roles: Vec<_> = roles
                .map(|(role, style)| (role.value.clone(), style.clone()))
                .collect();
            (theme.name.value.clone(), base, roles)
        };
        assert_eq!(plain(piece), plain(&theme));
    }
    let roles = |name: &str| -> Vec<String> { themes.styles(name).into_keys().collect() };
    for name in names {
        assert_eq!(roles(name), roles("auto"), "{name}");
    }
    for role in roles("auto") {
        let documented =
            include_str!("../../../docs/configuration.md").contains(&format!("`{role}`"));
        assert!(documented, "{role} is not in the documentation");
    }
    for style in themes.styles("auto").values() {
        for colour in [&style.fg, &style.bg].into_iter().flatten() {
            assert!(matches!(
                Colour::parse(colour),
                Some(Colour::Palette(0..=15))
            ));
        }
    }
}

/// Contrast of two colours as WCAG 2 defines it.
fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
    let luminance = |(r, g, b): (u8, u8, u8)| {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn texts_stand_out_from_their_background() {
    let rgb = |colour: &str| match Colour::parse(colour) {
        Some(Colour::Rgb(r, g, b)) => Some((r, g, b)),
        _ => None,
    };
    let themes = Themes::default();
    for (name, background, least) in [
        ("dark", "#16181c", 4.5),
        ("light", "#ffffff", 4.5),
        ("colour-blind", "#16181c", 4.0),
        ("colour-blind", "#ffffff", 4.0),
    ] {
        let styles: BTreeMap<String, Style> = themes.styles(name);
        let selection = styles["selection"].bg.as_deref().and_then(rgb);
        for (role, style) in &styles {
            let Some(text) = style.fg.as_deref().and_then(rgb) else {
                continue;
            };
            // Lines are no text; what is faint or disabled says nothing that is not said elsewhere.
            let least = match role.as_str() {
                "rule" => 2.5,
                "faint" | "disabled" | "importance_none" | "status_wont_do" => 4.0,
                _ => least,
            };
            let behind = style.bg.as_deref().and_then(rgb).or(rgb(background));
            let found = behind.map_or(0.0, |behind| contrast(text, behind));
            assert!(found >= least, "{name} {role}: {found:.2}");
            if let (Some(selection), None) = (selection, &style.bg) {
                let found = contrast(text, selection);
                assert!(found >= least * 0.66, "{name} {role} selected: {found:.2}");
            }
        }
    }
}

#[test]
fn colours_are_read_as_documented() {
    for (text, expected) in [
        ("default", Some(Colour::Default)),
        ("black", Some(Colour::Palette(0))),
        ("white", Some(Colour::Palette(7))),
        ("bright-black", Some(Colour::Palette(8))),
        ("bright-white", Some(Colour::Palette(15))),
        ("0", Some(Colour::Palette(0))),
        ("255", Some(Colour::Palette(255))),
        ("#0aFf10", Some(Colour::Rgb(10, 255, 16))),
        ("256", None),
        ("+5", None),
        ("", None),
        ("#", None),
        ("#é1234", None),
        ("#+12345", None),
        ("Red", None),
    ] {
        assert_eq!(Colour::parse(text), expected, "{text}");
    }
}
