// At which length does a model first go wrong? first_mistake MODEL LANGUAGE GREATEST, where MODEL is a file or the name
// of a construction of the zoo.
#include <attest/base/error.hpp>
#include <attest/language/language.hpp>
#include <attest/model/file.hpp>
#include <attest/model/zoo.hpp>
#include <attest/query/prove.hpp>

#include <cstdlib>
#include <filesystem>
#include <iostream>

using namespace attest;

namespace {

model::Transformer load(const std::string& name) {
    return std::filesystem::exists(name) ? model::read_model(name).transformer : model::zoo_model(name);
}

int search(const std::string& name, const std::string& language_name, long greatest) {
    const model::Transformer model = load(name);
    const auto language = language::Language::parse(language_name, model.alphabet);
    const auto meaning = relate(model.alphabet, language.alphabet(), {});
    for (long length = 1; length <= greatest; ++length) {
        const query::Outcome outcome = query::prove({model, language, meaning, length}, {}, {});
        std::cout << "length " << length << ": " << to_string(outcome.answer) << "\n";
        if (outcome.counterexample) {
            std::cout << "on " << model.alphabet.spell(outcome.counterexample->word) << " it says "
                      << (outcome.counterexample->actual ? "accept" : "reject") << "\n";
            return 1;
        }
        if (outcome.answer == verdict::Answer::undecided) return 3;
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
