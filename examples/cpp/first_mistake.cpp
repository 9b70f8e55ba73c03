// At which length does a model first go wrong? first_mistake MODEL LANGUAGE GREATEST, where MODEL is a file or the name
// of a construction of the zoo. What is printed is a verdict: a checker that shares no code with the solvers has accepted
// its certificate. Of a solver's word no verdict can be made.
#include <attest/base/error.hpp>
#include <attest/certify/recognition.hpp>
#include <attest/formats/file.hpp>
#include <attest/language/language.hpp>
#include <attest/programs/zoo.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

using namespace attest;

namespace {

formats::ModelFile load(const std::string& name) {
    if (std::filesystem::exists(name)) return formats::read_model(name);
    const network::Transformer model = programs::zoo_model(name);
    return {model, formats::write_model(model), {}, {}};
}

int search(const std::string& name, const std::string& language_name, long greatest) {
    const formats::ModelFile file = load(name);
    const language::Alphabet& alphabet = file.transformer.alphabet;
    const auto language = language::Language::parse(language_name, alphabet);
    certify::Archive nowhere;  // certificates are checked, and not kept
    for (long length = 1; length <= greatest; ++length) {
        const certify::Recognition answer = certify::recognise({file, language, {}}, length, {}, {}, nowhere);
        std::cout << "length " << length << ": " << answer.verdict.word() << "\n";
        if (answer.verdict.fails()) {
            const decide::Counterexample& wrong = *answer.outcome.counterexample();
            std::cout << "on " << alphabet.spell(wrong.word) << " it says " << (wrong.actual ? "accept" : "reject")
                      << "\n";
            return 1;
        }
        if (answer.verdict.is_undecided()) return 3;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: first_mistake MODEL LANGUAGE GREATEST\n";
        return 2;
    }
    try {
        return search(argv[1], argv[2], std::atol(argv[3]));
    } catch (const base::Error& error) {
        std::cerr << "first_mistake: " << error.what() << "\n";
        return 2;
    }
}
