//! What a person must decide about new operations.

use codegen::Inputs;
use codegen::diff::{Document, diff};
use codegen::needs;
use codegen_testing::{case, input};

const OLD: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets/get: {post: {operationId: petsGet, responses: {'204': {description: ''}}}}
components: {schemas: {}}
";

const NEW: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.1.0}
paths:
  /pets/get: {post: {operationId: petsGet, responses: {'204': {description: ''}}}}
  /dogs/get: {post: {operationId: dogsGet, responses: {'204': {description: ''}}}}
  /dogs/remove: {post: {operationId: dogsRemove, responses: {'204': {description: ''}}}}
  /pets/adopt:
    post:
      operationId: petsAdopt
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Adoption'}}}}
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Adoption: {type: object, required: [owner, home], properties: {owner: {type: string}, home: {type: string}}}
    Pet: {type: object, properties: {name: {type: string}, mood: {type: string}, owner: {type: string}}}
";

const SDK: &str = "\
modules: {pets: {paths: [pets]}}
effects: {reads: [/pets/get], deletes: [/pets/remove]}
samples: {properties: {name: Bella}}
";

fn document(text: &str) -> Document {
    let inputs =
        Inputs { document: input("pets.yaml", text), sdk: input("sdk.yaml", SDK), strict: false, ..case::inputs("") };
    Document::read(&inputs).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn new_operations_lack_samples_and_marks_by_product() {
    let new = document(NEW);
    let needs = needs::of(&diff(&document(OLD), &new), &new);
    let all: String = needs.iter().map(|need| need.to_string()).collect();
    for wanted in [
        "pets: which of /pets/adopt only read; the others are never retried\n  in spec/sdk.yaml:\n    effects:\n      \
         reads:\n        - /pets/adopt\n",
        "what /dogs/remove does: /pets/remove removes, revokes or cancels something; without an entry it counts as writing \
         only\n  in spec/sdk.yaml:\n    effects:\n      deletes:\n        - /dogs/remove\n",
        "whether /dogs/get is idempotent: other operations whose paths end in `get` are",
        "pets: what a person would write in each request for `home` of Adoption; `owner` of Adoption\n  in \
         spec/sdk.yaml:\n    samples:\n      properties:\n        home: \"\"\n        owner: \"\"\n",
        "pets: what a person would write in samples for `mood` of Pet; `owner` of Pet\n",
    ] {
        assert!(all.contains(wanted), "{wanted}\nis not in\n{all}");
    }
    assert!(!all.contains("`name`"), "it has a hint: {all}");
}
