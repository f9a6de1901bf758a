//! Bodies with what `strict` finds in them: line, column, path, message.

/// Requests: the operation and the body.
pub(crate) const REQUESTS: &[(&str, &str, &[&str])] = &[
    ("orderCreate", "{}", &["MISSING_FIELDS 1:1: `client` is required", "MISSING_FIELDS 1:1: `lines` is required"]),
    (
        "orderCreate",
        r#"{"client":{},"lines":[{}]}"#,
        &["MISSING_FIELDS 1:11: `client.name` is required", "MISSING_FIELDS 1:23: `lines[0].id` is required"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}]}"#, &[]),
    (
        "orderCreate",
        r#"{
  "client": {"name": "é", "nam": 1, "address": {"streets": "x", "city": 3}},
  "lines": [{"id": "1"}, {"id": 2, "cuont": 1}],
  "totl": 1,
  "a b.c": 1
}"#,
        &[
            "UNKNOWN_FIELDS 2:27: `client.nam` is unknown; did you mean `name`?",
            "UNKNOWN_FIELDS 2:49: `client.address.streets` is unknown; did you mean `street`?",
            "INVALID_FIELD 2:73: `client.address.city` must be string, not integer",
            "INVALID_FIELD 3:33: `lines[1].id` must be string, not integer",
            "UNKNOWN_FIELDS 3:36: `lines[1].cuont` is unknown; did you mean `count`?",
            "UNKNOWN_FIELDS 4:3: `totl` is unknown; did you mean `total`?",
            r#"UNKNOWN_FIELDS 5:3: `["a b.c"]` is unknown"#,
        ],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"total":0,"count":0}"#,
        &["INVALID_FIELD 1:53: `total` must be more than 0", "INVALID_FIELD 1:63: `count` must be at least 1"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"total":9007199254740993,"count":100.5}"#,
        &[
            "INVALID_FIELD 1:53: `total` must be at most 9007199254740992",
            "INVALID_FIELD 1:78: `count` must be integer, not number",
        ],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"total":9007199254740992,"count":1e2}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"total":1e-400,"count":1e400}"#,
        &["INVALID_FIELD 1:68: `count` must be at most 100"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"step":110.10}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"step":110.101}"#,
        &["INVALID_FIELD 1:52: `step` must be a multiple of 0.01"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"state":"payed"}"#,
        &["INVALID_FIELD 1:53: `state` must be one of `open`, `paid`, `cancelled`"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"state":7}"#,
        &["INVALID_FIELD 1:53: `state` must be string, not integer"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"level":2.0}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"level":3}"#,
        &["INVALID_FIELD 1:53: `level` must be one of `1`, `2`, `5`"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"day":"2026-02-29","at":"2026-02-28T10:00:00"}"#,
        &[
            "INVALID_FIELD 1:51: `day` must be a string of the format date",
            "INVALID_FIELD 1:69: `at` must have a time zone: `Z` or an offset",
            "warning INVALID_FIELD 1:69: `at` can't be combined with `day`",
        ],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"day":"2026-02-28","at":"2026-02-28"}"#,
        &[
            "INVALID_FIELD 1:69: `at` must be a string of the format date-time",
            "warning INVALID_FIELD 1:69: `at` can't be combined with `day`",
        ],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"mail":"nobody"}"#,
        &["INVALID_FIELD 1:52: `mail` must be a string of the format email"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"mail":"nobody@example.example"}"#,
        &["INVALID_FIELD 1:52: `mail` must have at most 20 characters, and has 22"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"plate":"AB12","note":null}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"plate":"ab12","note":"é"}"#,
        &[
            r#"INVALID_FIELD 1:53: `plate` must match `^[A-Z]{2}\d+$`"#,
            "INVALID_FIELD 1:67: `note` must have at least 2 characters, and has 1",
        ],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"note":"\u00e9\ud83d\ude00\ud83d\ude00\ud83d\ude00"}"#,
        &[],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"note":"12345"}"#,
        &["INVALID_FIELD 1:52: `note` must have at most 4 characters, and has 5"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"tags":["a","b","\u0061"]}"#,
        &["INVALID_FIELD 1:61: `tags[2]` is in the list twice"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"tags":[1,null]}"#,
        &[
            "INVALID_FIELD 1:53: `tags[0]` must be string, not integer",
            "INVALID_FIELD 1:55: `tags[1]` must be string, not null",
        ],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"labels":{}}"#,
        &["INVALID_FIELD 1:54: `labels` must have at least 1 property, and has 0"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"labels":{"a":"1","b":"2","c d":3}}"#,
        &[
            "INVALID_FIELD 1:54: `labels` must have at most 2 properties, and has 3",
            r#"INVALID_FIELD 1:77: `labels["c d"]` must be string, not integer"#,
        ],
    ),
    (
        "orderCreate",
        r#"{"client":null,"lines":null}"#,
        &[
            "INVALID_FIELD 1:11: `client` must be object, not null",
            "INVALID_FIELD 1:24: `lines` must be array, not null",
        ],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[]}"#,
        &["INVALID_FIELD 1:32: `lines` must have at least 1 element, and has 0"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"},{"id":"1"},{"id":"1"},{"id":"1"}]}"#,
        &["INVALID_FIELD 1:32: `lines` must have at most 3 elements, and has 4"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"payment":{"method":"card","number":"1"}}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"payment":{"method":"bank","number":"1"}}"#,
        &["MISSING_FIELDS 1:55: `payment.iban` is required", "UNKNOWN_FIELDS 1:72: `payment.number` is unknown"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"payment":{"method":"crad","iban":"1"}}"#,
        &["INVALID_FIELD 1:65: `payment.method` must be one of `card`, `bank`; did you mean `card`?"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"payment":{"iban":"1"}}"#,
        &["MISSING_FIELDS 1:55: `payment.method` is required"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"payment":"cash"}"#,
        &["INVALID_FIELD 1:55: `payment` must be object, not string"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"extra":{"anything":[null,1.50]}}"#, &[]),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"extra":null}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"gift":"true"}"#,
        &["INVALID_FIELD 1:52: `gift` must be boolean, not string"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"either":"2026-02-28"}"#, &[]),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"either":7}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"either":"soon"}"#,
        &["INVALID_FIELD 1:54: `either` must be a string of the format date"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"either":7.5}"#,
        &["INVALID_FIELD 1:54: `either` must be string or integer, not number"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"node":{"child":{"child":{"leaf":"x"},"b":"y"},"a":"z"}}"#,
        &[],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"node":{"child":{"child":{"leaf":7},"b":"y"},"a":"z"}}"#,
        &["INVALID_FIELD 1:78: `node.child.child.leaf` must be string, not integer"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"node":{}}"#,
        &["MISSING_FIELDS 1:52: `node.leaf` is required"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"node":[]}"#,
        &["INVALID_FIELD 1:52: `node` must be object, not array"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"gift":true,"gift":false}"#,
        &["INVALID_BODY 1:57: `gift` is set twice"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"extra":{"a":{"b":1,"\u0062":2}}}"#,
        &["INVALID_BODY 1:65: `extra.a.b` is set twice"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"note":"\ud83d"}"#,
        &[
            "INVALID_BODY 1:52: `note` must not have half of a surrogate pair",
            "INVALID_FIELD 1:52: `note` must have at least 2 characters, and has 1",
        ],
    ),
    ("orderCreate", "[1]", &["INVALID_BODY 1:1: must be object, not array"]),
    ("orderCreate", r#""text""#, &["INVALID_BODY 1:1: must be object, not string"]),
    ("orderCreate", "", &["INVALID_BODY 1:1: a JSON body is required"]),
    ("orderCreate", "  ", &["INVALID_BODY 1:3: a JSON body is required"]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}]"#,
        &["INVALID_BODY 1:44: the body ends too early: expected `,` or `}`"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],}"#,
        &["INVALID_BODY 1:45: the body is not valid JSON: expected a property name in double quotes"],
    ),
    (
        "orderCreate",
        "{'client':1}",
        &["INVALID_BODY 1:2: the body is not valid JSON: expected a property name in double quotes"],
    ),
    ("orderCreate", r#"{"client" 1}"#, &["INVALID_BODY 1:11: the body is not valid JSON: expected `:`"]),
    (
        "orderCreate",
        r#"{"client":01}"#,
        &["INVALID_BODY 1:12: the body is not valid JSON: expected a number without leading zeros"],
    ),
    ("orderCreate", r#"{"client":tru}"#, &["INVALID_BODY 1:11: the body is not valid JSON: expected a JSON value"]),
    (
        "orderCreate",
        r#"{"client":"a
b"}"#,
        &["INVALID_BODY 1:13: the body is not valid JSON: expected an escape: control characters can't be in a string"],
    ),
    (
        "orderCreate",
        r#"{"client":"\x"}"#,
        &["INVALID_BODY 1:12: the body is not valid JSON: expected an escape that JSON has"],
    ),
    (
        "orderCreate",
        r#"{"client":"\u12"}"#,
        &[r#"INVALID_BODY 1:12: the body is not valid JSON: expected four hexadecimal digits after `\u`"#],
    ),
    ("orderCreate", r#"{"client":1.}"#, &["INVALID_BODY 1:13: the body is not valid JSON: expected a digit"]),
    ("orderCreate", r#"{"client":-}"#, &["INVALID_BODY 1:12: the body is not valid JSON: expected a digit"]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}]} {}"#,
        &["INVALID_BODY 1:46: the body is not valid JSON: expected the end of the body"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}]]"#,
        &["INVALID_BODY 1:44: the body is not valid JSON: expected `,` or `}`"],
    ),
    ("orderCreate", "[1,2}", &["INVALID_BODY 1:5: the body is not valid JSON: expected `,` or `]`"]),
    ("orderCreate", r#"{"client"#, &[r#"INVALID_BODY 1:9: the body ends too early: expected `"`"#]),
    ("orderList", "", &[]),
    ("orderList", "{}", &["INVALID_BODY 1:1: there must be no body"]),
    ("orderNote", "", &[]),
    ("orderNote", r#"{"text":1}"#, &["INVALID_FIELD 1:9: `text` must be string, not integer"]),
    ("orderNote", r#"{"txt":""}"#, &["UNKNOWN_FIELDS 1:2: `txt` is unknown; did you mean `text`?"]),
    ("orderPdf", "%PDF", &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"abcdef"},"lines":[{"id":"1"}]}"#,
        &["warning INVALID_FIELD 1:19: `client.name` should have at most 5 characters, and has 6"],
    ),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"mail":"a@b.c","price":"1"}"#,
        &["warning INVALID_FIELD 1:68: `price` can't be combined with `mail`"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"mail":"a@b.c","note":null}"#, &[]),
    (
        "orderCreate",
        r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"state":"paid","plate":"AB12"}"#,
        &["MISSING_FIELDS 1:1: `gift` is required, since `state` is `paid` and `plate` is `AB12`"],
    ),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"state":"paid","plate":"AB12","gift":false}"#, &[]),
    ("orderCreate", r#"{"client":{"name":"a"},"lines":[{"id":"1"}],"state":"open","plate":"AB12"}"#, &[]),
];

/// The same for responses.
pub(crate) const RESPONSES: &[(&str, &str, &[&str])] = &[
    ("orderPdf", "%PDF", &[]),
    (
        "orderCreate",
        r#"{"id":"1","state":"new","more":1}"#,
        &[
            "INVALID_FIELD 1:19: `state` must be one of `open`, `paid`, `cancelled`",
            "warning UNKNOWN_FIELDS 1:25: `more` is unknown",
        ],
    ),
    ("orderCreate", r#"{"state":"open"}"#, &["MISSING_FIELDS 1:1: `id` is required"]),
    (
        "orderList",
        r#"[{"id":"1"},{"id":2},{}]"#,
        &["INVALID_FIELD 1:19: `[1].id` must be string, not integer", "MISSING_FIELDS 1:22: `[2].id` is required"],
    ),
    ("orderNote", "", &[]),
    ("orderNote", "{}", &["INVALID_BODY 1:1: there must be no body"]),
];

/// The same for the webhook.
pub(crate) const WEBHOOKS: &[(&str, &[&str])] = &[
    (
        r#"{"webhook_type":"ORDER","webhook_code":"PAID","order":{"id":"1","x":1},"y":1}"#,
        &["warning UNKNOWN_FIELDS 1:65: `order.x` is unknown", "warning UNKNOWN_FIELDS 1:72: `y` is unknown"],
    ),
    (
        r#"{"webhook_type":"ORDER","order":{"id":1}}"#,
        &[
            "MISSING_FIELDS 1:1: `webhook_code` is required",
            "INVALID_FIELD 1:39: `order.id` must be string, not integer",
        ],
    ),
];
