//! Applications that other companies have registered, all of them made up.

/// An application.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The company.
    pub company: &'static str,
    /// The city, the region and the postal code of the company.
    pub place: (&'static str, &'static str, &'static str),
    /// What it is for.
    pub use_case: &'static str,
    /// Since when it is registered.
    pub joined: &'static str,
}

/// The applications.
pub const APPLICATIONS: [Known; 3] = [
    Known {
        id: "5f0000000000000000000001",
        name: "Budget Bee",
        company: "Budget Bee Labs Inc.",
        place: ("Portland", "OR", "97201"),
        use_case: "Personal finance",
        joined: "2021-03-01",
    },
    Known {
        id: "5f0000000000000000000002",
        name: "Rent Ledger",
        company: "Rent Ledger LLC",
        place: ("Austin", "TX", "78701"),
        use_case: "Payments",
        joined: "2022-07-15",
    },
    Known {
        id: "5f0000000000000000000003",
        name: "Harbor Loans",
        company: "Harbor Lending Corp.",
        place: ("Boston", "MA", "02108"),
        use_case: "Lending",
        joined: "2023-01-09",
    },
];
