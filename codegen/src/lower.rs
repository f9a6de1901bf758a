//! OpenAPI to IR.
