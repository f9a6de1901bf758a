//! Switches for Production: whether calls go there at all, and whether those go that move money or remove something.

use axum::http::StatusCode;
use plaid_catalog::model::{Effect, Operation};

use super::refusal::Refusal;
use super::upstream::Environment;

/// Which calls go to Production. By default none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    /// Calls go to Production.
    pub production: bool,
    /// So do those that move money or remove something.
    pub money: bool,
}

impl Switches {
    /// Refuses a call that is not switched on.
    pub fn check(self, environment: Environment, operation: &Operation) -> Result<(), Refusal> {
        let (code, message, help) = match environment {
            Environment::Emulator | Environment::Sandbox => return Ok(()),
            Environment::Production if !self.production => (
                "PRODUCTION_IS_OFF",
                "calls of Production are switched off".to_owned(),
                "Start the explorer with --production, or use Sandbox.",
            ),
            Environment::Production if !self.money && is_grave(operation) => (
                "MONEY_IS_OFF",
                format!("{} moves money or removes something, and such calls of Production are off", operation.path),
                "Start the explorer with --allow-money, or use Sandbox.",
            ),
            Environment::Production => return Ok(()),
        };
        Err(Refusal::new(StatusCode::FORBIDDEN, code, message, help))
    }
}

/// Whether a call has an effect that no other call undoes.
fn is_grave(operation: &Operation) -> bool {
    match operation.effect {
        Effect::Reads | Effect::Writes => false,
        Effect::Deletes | Effect::MovesMoney => true,
    }
}

#[cfg(test)]
mod tests {
    use super::Switches;
    use crate::gateway::upstream::Environment;
    use plaid_catalog::Catalog;

    #[test]
    fn production_is_off_until_it_is_switched_on() {
        let code = |switches: Switches, environment, id: &str| {
            let operation = Catalog::plaid().operation(id).expect("an operation");
            switches.check(environment, operation).err().map(|refusal| refusal.code)
        };
        let off = Switches::default();
        let production = Switches { production: true, money: false };
        let all = Switches { production: true, money: true };
        for id in ["itemGet", "transferCreate", "itemRemove"] {
            assert_eq!(code(off, Environment::Sandbox, id), None);
            assert_eq!(code(off, Environment::Emulator, id), None);
            assert_eq!(code(off, Environment::Production, id).as_deref(), Some("PRODUCTION_IS_OFF"));
            assert_eq!(code(all, Environment::Production, id), None);
        }
        for id in ["itemGet", "linkTokenCreate"] {
            assert_eq!(code(production, Environment::Production, id), None, "{id}");
        }
        for id in ["transferCreate", "itemRemove", "paymentInitiationPaymentCreate"] {
            assert_eq!(code(production, Environment::Production, id).as_deref(), Some("MONEY_IS_OFF"), "{id}");
        }
    }
}
