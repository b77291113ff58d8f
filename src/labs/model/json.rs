//! JSON (RFC 8259), written and never read: all that the page needs of it, for less of a download
//! than a general crate.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter, Write};

use crate::math::param::write_number;

/// A JSON value; its `Display` is its text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// The shortest decimal that reads back as the same f64; `null` where it is not finite.
    Number(f64),
    /// A string.
    Text(Cow<'static, str>),
    /// An array.
    List(Vec<Json>),
    /// An object, its members in this order.
    Object(Vec<(Cow<'static, str>, Json)>),
}

/// `json!({ "key": value, … })` is an object, `json!([value, …])` an array. A value is whatever [`Json`] is made `From`.
macro_rules! json {
    ({ $($key:literal: $value:expr),* $(,)? }) => {
        {
            #[allow(unused_mut)]
            let mut members = $crate::labs::model::json::Members::default();
            $(members.put($key, $value);)*
            $crate::labs::model::json::Json::Object(members.0)
        }
    };
    ([ $($value:expr),* $(,)? ]) => {
        $crate::labs::model::json::Json::List(vec![$($value.into()),*])
    };
}
pub(crate) use json;

/// The members of an object as it grows.
#[derive(Default)]
pub struct Members(pub Vec<(Cow<'static, str>, Json)>);

impl Members {
    /// A further member. (One function that is called, for each type of value, is less of a
    /// download than as many copies.)
    #[inline(never)]
    pub fn put<T: Into<Json>>(&mut self, key: &'static str, value: T) {
        self.push(key.into(), value.into());
    }

    /// A further member, whose key was made while the page runs.
    #[inline(never)]
    pub fn push(&mut self, key: Cow<'static, str>, value: Json) {
        self.0.push((key, value));
    }
}

impl Display for Json {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(truth) => f.write_str(if *truth { "true" } else { "false" }),
            Json::Number(number) if number.is_finite() => f.write_str(&write_number(*number)),
            Json::Number(_) => f.write_str("null"),
            Json::Text(text) => quote(f, text),
            Json::List(items) => {
                let mut open = '[';
                for item in items {
                    f.write_char(open)?;
                    item.fmt(f)?;
                    open = ',';
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Json::Object(members) => {
                let mut open = '{';
                for (key, value) in members {
                    f.write_char(open)?;
                    quote(f, key)?;
                    f.write_char(':')?;
                    value.fmt(f)?;
                    open = ',';
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

/// Writes a text between quotes; what a JSON string may not hold as it is, is escaped.
fn quote(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for part in text.split_inclusive(|c| c < ' ' || c == '"' || c == '\\') {
        let last = part.chars().next_back().unwrap_or_default();
        match last {
            '\0'..' ' | '"' | '\\' => {
                f.write_str(&part[..part.len() - 1])?;
                write!(f, "\\u{:04x}", u32::from(last))?;
            }
            _ => f.write_str(part)?,
        }
    }
    f.write_char('"')
}

impl From<bool> for Json {
    fn from(truth: bool) -> Self {
        Json::Bool(truth)
    }
}

impl From<f64> for Json {
    fn from(number: f64) -> Self {
        Json::Number(number)
    }
}

impl From<usize> for Json {
    fn from(number: usize) -> Self {
        Json::Number(number as f64)
    }
}

impl From<i32> for Json {
    fn from(number: i32) -> Self {
        Json::Number(number.into())
    }
}

impl From<&'static str> for Json {
    fn from(text: &'static str) -> Self {
        Json::Text(text.into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::Text(text.into())
    }
}

impl From<Cow<'static, str>> for Json {
    fn from(text: Cow<'static, str>) -> Self {
        Json::Text(text)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(item.into());
        }
        Json::List(list)
    }
}

impl<T: Into<Json>, const N: usize> From<[T; N]> for Json {
    fn from(items: [T; N]) -> Self {
        let mut list = Vec::with_capacity(N);
        for item in items {
            list.push(item.into());
        }
        Json::List(list)
    }
}

impl<A: Into<Json>, B: Into<Json>> From<(A, B)> for Json {
    fn from((a, b): (A, B)) -> Self {
        Json::List(vec![a.into(), b.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(json: impl Into<Json>) -> Value {
        serde_json::from_str(&json.into().to_string()).unwrap()
    }

    #[test]
    fn a_reader_finds_what_was_written() {
        let json = json!({
            "text": "a \"quoted\" \\ line\nand\u{0}\u{1f}\u{7f} α < β…",
            "key \"\n": json!({}),
            "": Vec::<f64>::new(),
            "list": vec![Json::Null, true.into(), false.into()],
            "rows": [("x", String::from("1")), ("∇f", "\\".to_owned())],
            "step": 5000_usize,
            "none": -1,
        });
        let text = "a \"quoted\" \\ line\nand\u{0}\u{1f}\u{7f} α < β…";
        let expected = serde_json::json!({
            "text": text,
            "key \"\n": {},
            "": [],
            "list": [null, true, false],
            "rows": [["x", "1"], ["∇f", "\\"]],
            "step": 5000.0,
            "none": -1.0,
        });
        let found = read(json);
        for (key, value) in expected.as_object().unwrap() {
            match value.as_f64() {
                Some(number) => assert_eq!(found[key].as_f64(), Some(number)),
                None => assert_eq!(&found[key], value),
            }
        }
        assert_eq!(found.as_object().unwrap().len(), 7);
    }

    #[test]
    fn numbers_keep_all_their_bits() {
        for number in [0.0, -0.0, 0.1, -1.0 / 3.0, 1e15, 123456789.25, 5e-324, f64::MAX, 1e-5] {
            assert_eq!(read(number).as_f64().map(f64::to_bits), Some(number.to_bits()));
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(read(number), Value::Null);
        }
    }
}
