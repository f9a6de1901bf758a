//! What banks ask besides a password: a code sent to a device, questions, and choices.

use serde_json::Value;

use super::Login;
use crate::data::institutions::Institution;
use crate::fields::Fields;

/// The code that is sent to any device.
const CODE: &str = "1234";
/// The answer to any choice.
const CHOICE: &str = "Yes";
/// The devices that a code can be sent to.
const DEVICES: [&str; 2] = ["Phone ending in 5555", "Email to a***@example.com"];
/// The institutions that always send a code.
const ALWAYS: [&str; 2] = ["ins_1", "ins_43"];
/// The most rounds, questions and choices.
const MOST: usize = 20;

/// What a bank asks after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The choice of a device, then the code that was sent to it.
    Device,
    /// Rounds of questions.
    Questions {
        /// How many rounds.
        rounds: usize,
        /// How many questions a round has.
        questions: usize,
    },
    /// Rounds of questions with choices.
    Selections {
        /// How many rounds.
        rounds: usize,
        /// How many questions a round has.
        questions: usize,
        /// How many choices a question has.
        choices: usize,
    },
}

/// The questions that are asked together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Link's `mfa_type`: `device`, `code`, `questions` or `selections`.
    pub kind: &'static str,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A question of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// The choices, if the answer has to be one of them.
    pub choices: Vec<String>,
    /// The right answer. `None` means any of the choices.
    answer: Option<String>,
}

impl Plan {
    /// What an institution asks a user who has entered the right credentials. `None` means nothing.
    pub fn of(login: Login<'_>, institution: &Institution) -> Option<Self> {
        // A bank with a page of its own asks there.
        if institution.oauth {
            return None;
        }
        let of_login = match login.username {
            name if super::custom::is_custom(name) => {
                let config: Value = serde_json::from_str(login.password).unwrap_or_default();
                Self::of_config(Fields(&config).object("mfa"))
            }
            _ => Self::of_password(login.password),
        };
        of_login.or_else(|| ALWAYS.contains(&institution.id.as_str()).then_some(Self::Device))
    }

    /// The plan that a password names: `mfa_device`, `mfa_questions_2_3`, `mfa_selections_1_1_4`.
    pub fn of_password(password: &str) -> Option<Self> {
        let (kind, numbers) = match password.strip_prefix("mfa_")?.split_once('_') {
            Some((kind, numbers)) => {
                (kind, numbers.split('_').map(|text| text.parse().ok()).collect::<Option<Vec<_>>>()?)
            }
            None => (password.strip_prefix("mfa_")?, Vec::new()),
        };
        if numbers.iter().any(|number| !(1..=MOST).contains(number)) {
            return None;
        }
        match (kind, numbers.as_slice()) {
            ("device", []) => Some(Self::Device),
            ("questions", []) => Some(Self::Questions { rounds: 1, questions: 1 }),
            ("questions", &[rounds, questions]) => Some(Self::Questions { rounds, questions }),
            ("selections", []) => Some(Self::Selections { rounds: 1, questions: 1, choices: 2 }),
            ("selections", &[rounds, questions, choices]) => Some(Self::Selections { rounds, questions, choices }),
            _ => None,
        }
    }

    /// The plan of a configured user: the object `mfa` of its configuration.
    pub fn of_config(mfa: Fields<'_>) -> Option<Self> {
        let number = |name: &str| {
            let number = mfa.value(name).and_then(Value::as_f64).unwrap_or(1.0);
            // The range is checked before, so nothing is lost.
            (1..=MOST).find(|one| (number - *one as f64).abs() < 0.5).unwrap_or(1)
        };
        match mfa.text("type")? {
            "device" => Some(Self::Device),
            "questions" => {
                Some(Self::Questions { rounds: number("question_rounds"), questions: number("questions_per_round") })
            }
            "selections" => Some(Self::Selections {
                rounds: number("selection_rounds"),
                questions: 1,
                choices: number("selections_per_question").max(2),
            }),
            _ => None,
        }
    }

    /// A round, counted from 0. `None` after the last one.
    pub fn round(self, number: usize) -> Option<Round> {
        let text = |index: usize| format!("Question {number}_{index}: what is its answer?");
        match self {
            Self::Device => match number {
                0 => Some(Round {
                    kind: "device",
                    questions: vec![Question {
                        text: "Where should the bank send a code?".to_owned(),
                        choices: DEVICES.map(str::to_owned).to_vec(),
                        answer: None,
                    }],
                }),
                1 => Some(Round {
                    kind: "code",
                    questions: vec![Question {
                        text: "Which code did the bank send?".to_owned(),
                        choices: Vec::new(),
                        answer: Some(CODE.to_owned()),
                    }],
                }),
                _ => None,
            },
            Self::Questions { rounds, questions } => (number < rounds).then(|| Round {
                kind: "questions",
                questions: (0..questions)
                    .map(|index| Question {
                        text: text(index),
                        choices: Vec::new(),
                        answer: Some(format!("answer_{number}_{index}")),
                    })
                    .collect(),
            }),
            Self::Selections { rounds, questions, choices } => (number < rounds).then(|| Round {
                kind: "selections",
                questions: (0..questions)
                    .map(|index| Question {
                        text: text(index),
                        choices: (0..choices).map(choice).collect(),
                        answer: Some(CHOICE.to_owned()),
                    })
                    .collect(),
            }),
        }
    }
}

fn choice(index: usize) -> String {
    match index {
        0 => CHOICE.to_owned(),
        1 => "No".to_owned(),
        other => format!("Choice {other}"),
    }
}

impl Round {
    /// Whether the answers, in the order of the questions, are right.
    pub fn accepts(&self, answers: &[&str]) -> bool {
        let is_right = |(question, answer): (&Question, &&str)| match &question.answer {
            Some(right) => right == answer,
            None => question.choices.iter().any(|choice| choice == answer),
        };
        answers.len() == self.questions.len() && self.questions.iter().zip(answers).all(is_right)
    }

    /// The right answers.
    pub fn answers(&self) -> Vec<String> {
        let right = |question: &Question| question.answer.clone().or_else(|| question.choices.first().cloned());
        self.questions.iter().filter_map(right).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Plan};
    use crate::bank::Login;
    use crate::data::institutions::all;
    use serde_json::json;

    fn plan(institution: &str, username: &str, password: &str) -> Option<Plan> {
        let all = all();
        let institution = all.iter().find(|one| one.id == institution).expect("a known institution");
        Plan::of(Login { username, password }, institution)
    }

    #[test]
    fn passwords_name_what_the_bank_asks() {
        assert_eq!(Plan::of_password("mfa_device"), Some(Plan::Device));
        assert_eq!(Plan::of_password("mfa_questions_2_3"), Some(Plan::Questions { rounds: 2, questions: 3 }));
        let selections = Plan::Selections { rounds: 1, questions: 2, choices: 4 };
        assert_eq!(Plan::of_password("mfa_selections_1_2_4"), Some(selections));
        assert_eq!(Plan::of_password("mfa_selections"), Some(Plan::Selections { rounds: 1, questions: 1, choices: 2 }));
        for wrong in ["pass_good", "mfa_", "mfa_questions_0_1", "mfa_questions_1", "mfa_device_1", "mfa_questions_a_b"]
        {
            assert_eq!(Plan::of_password(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn some_institutions_always_ask_and_a_page_of_a_bank_never_does() {
        assert_eq!(plan("ins_1", "user_good", "pass_good"), Some(Plan::Device));
        assert_eq!(plan("ins_109508", "user_good", "pass_good"), None);
        assert_eq!(plan("ins_127287", "user_good", "mfa_device"), None);
        assert_eq!(plan("ins_1", "user_good", "mfa_questions_1_1"), Some(Plan::Questions { rounds: 1, questions: 1 }));
    }

    #[test]
    fn a_configured_user_has_a_plan_of_their_own() {
        let password =
            json!({"mfa": {"type": "questions", "question_rounds": 2, "questions_per_round": 1.0}}).to_string();
        assert_eq!(plan("ins_109508", "user_custom", &password), Some(Plan::Questions { rounds: 2, questions: 1 }));
        let many = json!({"type": "selections", "selection_rounds": 1e300, "selections_per_question": -4});
        assert_eq!(Plan::of_config(Fields(&many)), Some(Plan::Selections { rounds: 1, questions: 1, choices: 2 }));
        assert_eq!(plan("ins_109508", "user_custom", "{not json"), None);
    }

    #[test]
    fn each_round_has_its_answers() {
        let device = Plan::Device;
        let choice = device.round(0).expect("a choice of devices");
        assert!(choice.accepts(&[choice.questions[0].choices[1].as_str()]) && !choice.accepts(&["Fax"]));
        let code = device.round(1).expect("a code");
        assert!(code.accepts(&["1234"]) && !code.accepts(&["4321"]) && !code.accepts(&[]));
        assert_eq!(device.round(2), None);
        let questions = Plan::Questions { rounds: 2, questions: 2 };
        assert!(questions.round(1).is_some_and(|round| round.accepts(&["answer_1_0", "answer_1_1"])));
        let selections = Plan::Selections { rounds: 1, questions: 1, choices: 3 };
        assert!(selections.round(0).is_some_and(|round| round.accepts(&["Yes"]) && !round.accepts(&["No"])));
        for plan in [device, questions, selections] {
            for round in (0..).map_while(|number| plan.round(number)) {
                let answers = round.answers();
                assert!(round.accepts(&answers.iter().map(String::as_str).collect::<Vec<_>>()));
            }
        }
    }
}
