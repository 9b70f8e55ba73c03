// Uses the installed library as its README tells: a model of the zoo, a language, a question, an answer.
#include <attest/language/language.hpp>
#include <attest/model/zoo.hpp>
#include <attest/query/prove.hpp>

#include <iostream>

int main() {
    using namespace attest;
    const model::Transformer model = model::zoo_model("palindrome");
    const auto language = language::Language::parse("palindrome", model.alphabet);
    const query::Question question{model, language, relate(model.alphabet, language.alphabet(), {}), 8};
    const query::Outcome outcome = query::prove(question, {}, {});
    std::cout << to_string(outcome.answer) << ", " << to_string(outcome.evidence) << ", proof " << outcome.refutation->proof_format << "\n";
    return outcome.answer == verdict::Answer::holds && outcome.refutation->proof_format == "lrat" ? 0 : 1;
}
