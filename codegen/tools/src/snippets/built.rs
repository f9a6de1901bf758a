//! A body as a typed client builds it: checked against the classes that the client declares, with the constant of each
//! enum value. Go, Java and Ruby differ in how they write it, not in this.

mod moment;
mod reader;

pub use self::moment::Moment;
pub use self::reader::{Rules, read};
use super::client::{Property, ValueType};
use api_model::Sample;

/// A value that a client can send.
#[derive(Debug)]
pub enum Value<'a> {
    /// `null`, where the client can send it.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A string or number, checked to be one of the type.
    Scalar(&'a ValueType, &'a str),
    /// A date and time.
    Moment(Moment, &'a str),
    /// A constant of an enum.
    Constant {
        /// The enum.
        class: &'a str,
        /// The constant's name.
        name: String,
    },
    /// An object of a class.
    Object {
        /// The class.
        class: &'a str,
        /// What is set: first what the constructor takes, in its order, then the rest, in the body's order.
        members: Vec<Member<'a>>,
    },
    /// A list of elements of a type.
    List(&'a ValueType, Vec<Value<'a>>),
    /// A set of elements of a type.
    Set(&'a ValueType, Vec<Value<'a>>),
    /// A map to values of a type.
    Map(&'a ValueType, Vec<(&'a str, Value<'a>)>),
    /// Any JSON.
    Any(&'a Sample),
}

/// A property that is set.
#[derive(Debug)]
pub struct Member<'a> {
    /// Its name in JSON.
    pub wire: &'a str,
    /// What the client declares.
    pub property: &'a Property,
    /// The value.
    pub value: Value<'a>,
}
