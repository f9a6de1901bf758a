use super::*;

fn first(json: &[u8], name: &'static str) -> Option<(Place, String)> {
    let found = find(json, &[name]);
    found.iter().filter_map(|object| Some((object.place, object.get(name)?.to_owned()))).min_by_key(|(place, _)| *place)
}

#[track_caller]
fn finds(json: &str, place: Place, value: &str) {
    assert_eq!(first(json.as_bytes(), "code"), Some((place, value.to_owned())), "{json}");
}

#[test]
fn a_property_is_found_around_damage() {
    for json in [
        r#"{"code":"A"}"#,
        r#"{"code":"A""#,
        r#"{"code" : "A","b":"cut o"#,
        r#""code":"A"}"#,
        r#"x","code":"A"}"#,
        r#"{"m":"a {b}, [c]","code":"A"}"#,
        r#"{"m":"a {b}, [c,"code":"A"}"#,
        r#"{"m":a {b}, [c]","code":"A"}"#,
        r#"{"m":"b"xyz"code":"A","n":1}"#,
        r#"{"m":"b""code":"A"}"#,
        r#"{"m":"b"\"code":"A"}"#,
        r#"{"m":NaN,"n":400x"code":"A"}"#,
        r#"{"m":"with "quotes" in it","code":"A"}"#,
        r#"{"m":"with \"code\":\"B\" in it","code":"A"}"#,
        r#"{"m":"with "code":"B" in it","code":"A"}"#,
        r#"{"m":["a",{"code":"B"}],"code":"A"}"#,
        r#"{"m":["a","b}","code":"A"}"#,
        r#"{"m":["a,"b"],"code":"A"}"#,
        r#"{"causes":[{"code":"B"],"code":"A"}"#,
        r#"{"causes":{"code":"B"}],"code":"A"}"#,
        r#"{"causes":["code":"B","n":1}],"code":"A"}"#,
        r#"{"causes":[{"code":"B"},x"code":"C","n":1}],"code":"A"}"#,
        r#"{"causes":[{"code":"B","m":"nx}],"code":"A"}"#,
        r#"{"ca?ses":[{"code":"B"}],"code":"A"}"#,
        r#"{"code":"B","code":"A"}"#,
        r#"[[{"a":1},{"code":"A"}]]"#,
        r#"{"error":{"code":"A"}}"#,
        r#"{"error":[{"error":{"code":"A"}}]}"#,
        r#"{"code":"A"x"#,
        r#"{"code":"A"?"m"x"n":1}"#,
    ] {
        finds(json, Place::Outermost, "A");
    }
    finds(r#"{"errur":{"code":"A"}}"#, Place::Inside, "A");
    finds(r#"{"er?ror":{"code":"A"}}"#, Place::Inside, "A");
    finds(r#"{"m":1}{"code":"A"}"#, Place::After, "A");
    finds(r#"{"m":1},"code":"A"}"#, Place::After, "A");
    finds(r#"{"m":"b}],"code":"A"}"#, Place::After, "A");
    finds(r#"{"list":[[{"code":"A"}]],"m":1"#, Place::Unsure, "A");
    finds(r#"{"causes":[{"code":"B"},"code":"A"}"#, Place::Unsure, "A");
}

#[test]
fn text_and_parts_of_values_are_not_found() {
    for json in [
        "",
        "\"",
        "{",
        "code",
        r#"{"code":"A"#,
        r#"{"code":A}"#,
        r#"{"code":"Ax,"m":"n"}"#,
        r#"{"code":null,"m":"A"}"#,
        r#"{"code":["A"]}"#,
        r#"{"code""A"}"#,
        r#"{"m":"\"code\":\"B\""}"#,
        r#"{"m":"{\"code\":\"B\"}"}"#,
        r#"{"m":"x "code":"B", y"}"#,
        r#"{"causes":[{"code":"B"}]}"#,
        r#"{"causes":[{"code":"B"}"#,
        r#"{"causes":[[{"code":"B"}]],"m":1"#,
    ] {
        assert_eq!(first(json.as_bytes(), "code"), None, "{json}");
    }
    assert_eq!(first(br#"{"code":"A"B","m":"n"}"#, "code"), Some((Place::Outermost, "A\"B".to_owned())));
}

#[test]
fn strings_are_unescaped() {
    for (json, text) in [
        (&br#"{"m":"a\n\t\"\\\/\u00e9\ud83d\ude00"}"#[..], "a\n\t\"\\/é😀"),
        (br#"{"m":"a\ud800b\udc00\ud800\u0041"}"#, "a\u{fffd}b\u{fffd}\u{fffd}A"),
        (br#"{"m":"a\u12 \q"}"#, "au12 q"),
        (b"{\"m\":\"caf\xe9\nau\x01lait\"}", "caf\u{fffd}\nau\u{1}lait"),
    ] {
        assert_eq!(first(json, "m"), Some((Place::Outermost, text.to_owned())));
    }
}

#[test]
fn the_time_is_linear_and_the_depth_is_bounded() {
    let parts: [&[u8]; 14] = [
        b"[",
        b"{",
        b"]",
        b"}",
        b"\"",
        b"\\",
        b"\\\"",
        b" ",
        b"\"m\":",
        b"\"m\":[",
        b"\"m\":{\"",
        b"\"m\":\"n\"x",
        b",\"code\":",
        b"[\"m\":{",
    ];
    let start = std::time::Instant::now();
    for part in parts {
        let json = [part.repeat(1 << 17), br#","code":"A"}"#.to_vec()].concat();
        let _ = find(&json, &["code"]);
    }
    // A quadratic search would take minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
