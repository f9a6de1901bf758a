//! Errors in bodies with seeded random damage.

use super::*;

/// xorshift64*, seeded.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Any byte, and often one that has a meaning.
    fn byte(&mut self) -> u8 {
        if self.below(2) == 0 { self.of(br#"{}[]",:\ "#) } else { self.below(256) as u8 }
    }
}

/// What must be found, and the bytes that have to be intact for that.
const CODE: &str = r#""error_code": "ITEM_LOGIN_REQUIRED""#;

/// Bodies as Plaid and gateways write them; `@` is where the code is. Whether others are in it, too.
const BODIES: [(&str, bool); 7] = [
    (
        r#"{"display_message": "Log in \"again\", {please}.", "documentation_url": "https://plaid.com/docs/#item", @,
            "error_message": "the login [of it], or \"error_code\": \"X\", changed", "error_type": "ITEM_ERROR",
            "request_id": "r1", "suggested_action": null}"#,
        false,
    ),
    (
        r#"{"error_type":"ITEM_ERROR",@,"error_message":"m","display_message":null,"request_id":"r1","status":400}"#,
        false,
    ),
    (r#"{"status": 400, "error": {"error_type": "ITEM_ERROR", @, "request_id": "r1"}, "path": "/auth/get"}"#, false),
    (r#"[{"error": {"error_message": "m", @, "provided_account_subtypes": ["cd", "401k"]}}]"#, false),
    (r#"{"a": [1, {"b": "c"}], "required_account_subtypes": ["checking"], @}"#, false),
    (
        r#"{"causes": [{"display_message": null, "error_code": "CAUSE_1", "error_type": "X", "item_id": "i1"},
            {"error_code": "CAUSE_2", "error_message": "m"}], @, "error_type": "ITEM_ERROR", "request_id": "r1"}"#,
        true,
    ),
    (r#"{"error_message": "m", @, "causes": [{"error_code": "CAUSE_1", "status": 1}], "request_id": "r1"}"#, true),
];

/// Damages the bytes outside of the code, `times` times.
fn damaged(body: &str, times: usize, random: &mut Random) -> Vec<u8> {
    let (before, after) = body.split_once('@').unwrap();
    let mut parts = [before.as_bytes().to_vec(), after.as_bytes().to_vec()];
    for _ in 0..times {
        let part = &mut parts[random.below(2)];
        let at = random.below(part.len() + 1);
        let byte = random.byte();
        match random.below(4) {
            0 => part.insert(at, byte),
            1 if at < part.len() => drop(part.remove(at)),
            _ if at < part.len() => part[at] = byte,
            _ => {}
        }
    }
    // Sometimes it is cut off, at one of its ends.
    match random.below(8) {
        0 => parts[1].truncate(random.below(after.len())),
        1 if times > 1 => drop(parts[0].drain(..random.below(before.len()).min(parts[0].len()))),
        _ => {}
    }
    [&parts[0], CODE.as_bytes(), &parts[1]].concat()
}

#[test]
fn one_damaged_byte_never_hides_the_code_or_shows_another() {
    let mut random = Random(7);
    for (body, _) in BODIES {
        for _ in 0..6_000 {
            let bytes = damaged(body, 1, &mut random);
            let error = ApiError::from_json(&bytes);
            let code = error.as_ref().and_then(ApiError::code);
            assert_eq!(code, Some(&ErrorCode::ItemLoginRequired), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn much_damage_hides_the_code_rarely_and_shows_no_other() {
    let mut random = Random(11);
    let (mut all, mut hidden, mut others) = (0, 0, 0);
    for (body, has_causes) in BODIES {
        for _ in 0..6_000 {
            let times = 2 + random.below(8);
            let bytes = damaged(body, times, &mut random);
            let error = ApiError::from_json(&bytes);
            let code = error.as_ref().and_then(ApiError::code);
            all += 1;
            match code {
                Some(ErrorCode::ItemLoginRequired) => {}
                None => hidden += 1,
                Some(_) if has_causes => others += 1,
                Some(_) => panic!("{code:?} {}", String::from_utf8_lossy(&bytes)),
            }
        }
    }
    // The brackets that distinguish the error from its causes can all be damaged.
    assert!(hidden * 300 < all && others * 300 < all, "of {all}: {hidden} hidden, {others} other");
}

#[test]
fn no_bytes_cause_a_panic() {
    let mut random = Random(13);
    let pieces =
        ["\"error_code\"", "\"causes\"", "\"error\"", ":", "{", "}", "[", "]", "\"", "\\", ",", "1", " ", "x", "\\u"];
    for _ in 0..20_000 {
        let length = random.below(40);
        let mut bytes = Vec::new();
        for _ in 0..length {
            bytes.extend_from_slice(random.of(&pieces).as_bytes());
            if random.below(9) == 0 {
                bytes.push(random.byte());
            }
        }
        let _ = ApiError::from_json(&bytes);
    }
}
