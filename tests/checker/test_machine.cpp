#include <catch2/catch.hpp>
#include <set>

#include "checker/machine/sequence.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/network/instance.hpp"
#include "checker_support.hpp"
#include "random_model.hpp"
#include "weighing_model.hpp"

// The machine of FORMAT.md section 21 against the checker's own evaluator, word by word.

namespace {

using namespace attest::checker;
using namespace checker_test;
using Memories = std::set<Sequence::Memory>;

Memories after(Sequence& machine, const Memories& before, const std::string& symbol) {
    Memories all;
    for (const Sequence::Memory& memory : before)
        for (Sequence::Memory& next : machine.read(memory, symbol)) all.insert(std::move(next));
    return all;
}

/// What the machine says of a word: an answer for each run whose guesses fit.
std::vector<bool> answers(Sequence& machine, const Model& model, const Word& word) {
    std::vector<std::string> sequence;
    if (model.begin) sequence.push_back(*model.begin);
    for (const std::size_t a : word) sequence.push_back(model.alphabet[a]);
    if (model.end) sequence.push_back(*model.end);
    Memories memories{machine.start()};
    for (std::size_t k = 0; k + 1 < sequence.size(); ++k) memories = after(machine, memories, sequence[k]);
    std::vector<bool> all;
    for (const Sequence::Memory& memory : memories)
        if (const auto answer = machine.finish(memory, sequence.back())) all.push_back(*answer);
    return all;
}

/// Whether there is a machine; then it is held against the evaluator on all words of these lengths.
bool follows(const Model& model, const Scale& scale, std::size_t longest) {
    Budget budget = ample();
    std::vector<Word> words;
    for (std::size_t n = model.begin || model.end ? 0 : 1; n <= longest; ++n)
        for (Word& word : all_words(model.alphabet.size(), n)) words.push_back(std::move(word));
    std::vector<std::vector<bool>> said;
    try {
        Sequence machine(model, scale, budget);
        do {
            machine.begin_run();
            said.clear();
            for (const Word& word : words) said.push_back(answers(machine, model, word));
        } while (machine.has_learned());
    } catch (const Defect&) {
        return false;
    }
    for (std::size_t w = 0; w < words.size(); ++w) {
        const Instance instance = instantiate(model, words[w].size(), budget);
        REQUIRE(said[w] == std::vector<bool>{accepts(instance, words[w], budget)});
    }
    return true;
}

}  // namespace

TEST_CASE("Just one run of a machine fits each word, and it says what the evaluator does", "[machine]") {
    const std::vector<Scale> scales = {{0, 1, 0}, {1, 2, 1}, {2, 6, 2}};
    std::size_t followed = 0;
    for (unsigned seed = 1; seed <= 600; ++seed) {
        const std::string text = RandomModel(seed, 2).text();
        INFO("seed " << seed << "\n" << text);
        const Model model = model_of(text);
        for (const Scale& scale : scales) followed += follows(model, scale, 5) ? 1 : 0;
    }
    INFO(followed << " machines");
    CHECK(followed >= 100);
}

TEST_CASE("A machine whose heads weigh content against nearness says what the evaluator does", "[machine]") {
    const std::vector<Scale> scales = {{0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 2, 3}, {1, 2, 2}, {2, 2, 4}};
    std::size_t followed = 0, only_by_windows = 0;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        const std::string text = attest::tests::WeighingModel(seed).text();
        INFO("seed " << seed << "\n" << text);
        const Model model = model_of(text);
        bool without = false, with = false;
        for (const Scale& scale : scales) {
            const bool does = follows(model, scale, model.alphabet.size() == 2 ? 6 : 4);
            followed += does ? 1 : 0;
            (scale.window == 0 ? without : with) |= does;
        }
        only_by_windows += with && !without ? 1 : 0;
    }
    INFO(followed << " machines, " << only_by_windows << " models have one with a window alone");
    CHECK(followed >= 60);
    CHECK(only_by_windows >= 12);
}
