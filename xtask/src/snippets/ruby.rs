//! A client of stubs in Ruby.

use std::fmt::Write as _;
use std::path::Path;

use api_tools::snippets::client::{Facts, Place, ValueType};
use api_tools::snippets::{Language, words};

use super::typed::{Case, Check, command, put};

/// Ruby.
pub struct Ruby;

impl Check for Ruby {
    const LANGUAGE: Language = Language::Ruby;

    fn write(&self, folder: &Path, facts: &Facts, cases: &[Case]) -> Result<(), String> {
        put(folder, "plaid.rb", &format!("{CLIENT}\n{}", names(facts)))?;
        let mut all = ALL.to_owned();
        for case in cases {
            put(folder, &format!("{}.rb", case.name), &case.text)?;
            let _ = writeln!(all, "snippet {:?}, {}", case.name, case.uses_client);
        }
        put(folder, "all.rb", &all)
    }

    fn run(&self, folder: &Path, _: &[Case]) -> Result<String, String> {
        command(folder, "ruby", &["-W0", "-I", ".", "all.rb"], &[("LANG", "C.UTF-8")])
    }
}

fn names(facts: &Facts) -> String {
    let mut code = "module Plaid\n".to_owned();
    for (class, properties) in &facts.objects {
        let attributes: Vec<String> = properties
            .iter()
            .map(|(wire, property)| {
                let name = property.name.clone().unwrap_or_else(|| words::snake(wire));
                format!("{name:?} => [{wire:?}, {}]", property.nullable)
            })
            .collect();
        let _ = writeln!(code, "  class {class} < Model\n    ATTRIBUTES = {{{}}}\n  end", attributes.join(", "));
    }
    code.push_str("  class PlaidApi\n");
    for (operation, arguments) in &facts.operations {
        let method = facts.method_names.get(operation).cloned().unwrap_or_else(|| words::snake(operation));
        let (mut parameters, mut values, mut options) = (Vec::new(), Vec::new(), Vec::new());
        for (index, argument) in arguments.iter().enumerate() {
            match &argument.place {
                Place::Body => {
                    parameters.push(format!("a{index}"));
                    let class = match &argument.ty {
                        ValueType::Class(name) => name.as_str(),
                        _ => "Hash",
                    };
                    values.push(format!("\"body\" => body(a{index}, {class})"));
                }
                Place::Path(wire) => {
                    parameters.push(format!("a{index}"));
                    values.push(format!("{wire:?} => a{index}"));
                }
                Place::Query(wire) | Place::Header(wire) => {
                    let name = argument.setter.clone().unwrap_or_else(|| words::snake(wire));
                    options.push(format!("{name:?} => {wire:?}"));
                }
            }
        }
        parameters.push("options = {}".to_owned());
        let _ = writeln!(
            code,
            "    def {method}({}) = sent({{{}}}, options, {{{}}})",
            parameters.join(", "),
            values.join(", "),
            options.join(", ")
        );
    }
    code.push_str("  end\nend\n");
    code
}

/// Compiles every snippet, and runs those that use the client.
const ALL: &str = r##"require "json"

def snippet(name, runs)
  file = "#{name}.rb"
  RubyVM::InstructionSequence.compile_file(file)
  return unless runs

  $snippet = name
  load file
rescue SyntaxError, StandardError => error
  abort "#{file}: #{error.message}"
end

"##;

/// What the client has beside the names that come from the document.
const CLIENT: &str = r##"module Plaid
  class Model
    attr_reader :values

    # As the client: unknown attributes are errors, and a nil is sent only where the document allows it.
    def initialize(attributes = {})
      @values = {}
      attributes.each do |key, value|
        wire, nullable = self.class::ATTRIBUTES[key.to_s]
        raise ArgumentError, "`#{key}` is not an attribute of #{self.class}" unless wire

        @values[wire] = plain(value) unless value.nil? && !nullable
      end
    end

    def plain(value)
      case value
      when Array then value.compact.map { |element| plain(element) }
      when Hash then value.transform_values { |element| plain(element) }
      else value
      end
    end
  end

  class Configuration
    Environment = { "sandbox" => 0 }.freeze
    attr_accessor :server_index, :scheme, :host, :base_path
    attr_reader :api_key

    def initialize
      @api_key = {}
    end
  end

  class ApiClient
    def initialize(configuration) end
  end

  class PlaidApi
    def initialize(client) end

    def body(value, type)
      raise ArgumentError, "the body is no #{type}" unless value.is_a?(type)

      value.is_a?(Model) ? value.values : value
    end

    def sent(values, options, names)
      options.each { |key, value| values[names.fetch(key.to_s)] = value }
      puts "SENT #{$snippet} #{JSON.generate(values)}"
    end
  end
end
"##;
