#include <catch2/catch.hpp>
#include <chrono>
#include <deque>
#include <functional>

#include "run.hpp"

// attest measure --circuit: several outputs, symmetric circuits of many inputs, functions that fall into parts.

using namespace attest::tests;

namespace {

/// Writes AIGER as small generators do.
class Aiger {
  public:
    explicit Aiger(unsigned inputs) : inputs_(inputs) {}

    unsigned input(unsigned k) const { return 2 * k; }  ///< from 1
    unsigned both(unsigned a, unsigned b) {
        ands_.emplace_back(std::max(a, b), std::min(a, b));
        return static_cast<unsigned>(2 * (inputs_ + ands_.size()));
    }
    unsigned any(unsigned a, unsigned b) { return both(a ^ 1U, b ^ 1U) ^ 1U; }
    unsigned differ(unsigned a, unsigned b) { return both(both(a, b) ^ 1U, both(a ^ 1U, b ^ 1U) ^ 1U); }

    /// The number of ones, from the lowest bit, by adders that take wires as they come.
    std::vector<unsigned> count() {
        std::vector<std::deque<unsigned>> columns(1);
        for (unsigned k = 1; k <= inputs_; ++k) columns[0].push_back(input(k));
        std::vector<unsigned> bits;
        for (std::size_t w = 0; w < columns.size(); ++w) {
            const auto take = [&] {
                const unsigned wire = columns[w].front();
                columns[w].pop_front();
                return wire;
            };
            while (columns[w].size() > 1) {
                const unsigned a = take(), b = take();
                const bool full = !columns[w].empty();
                const unsigned c = full ? take() : 0, x = differ(a, b);
                columns[w].push_back(full ? differ(x, c) : x);
                if (w + 1 == columns.size()) columns.emplace_back();
                columns[w + 1].push_back(full ? any(both(a, b), both(x, c)) : both(a, b));
            }
            bits.push_back(columns[w].front());
        }
        return bits;
    }

    std::string text(const std::vector<unsigned>& outputs, const std::string& symbols = "") const {
        std::string text = "aag " + std::to_string(inputs_ + ands_.size()) + " " + std::to_string(inputs_) + " 0 " +
                           std::to_string(outputs.size()) + " " + std::to_string(ands_.size()) + "\n";
        for (unsigned k = 1; k <= inputs_; ++k) text += std::to_string(input(k)) + "\n";
        for (const unsigned output : outputs) text += std::to_string(output) + "\n";
        for (std::size_t k = 0; k < ands_.size(); ++k)
            text += std::to_string(2 * (inputs_ + k + 1)) + " " + std::to_string(ands_[k].first) + " " +
                    std::to_string(ands_[k].second) + "\n";
        return text + symbols;
    }

  private:
    unsigned inputs_;
    std::vector<std::pair<unsigned, unsigned>> ands_;
};

std::string majority(unsigned n) {
    Aiger a(n);
    unsigned more = 1;
    const std::vector<unsigned> bits = a.count();
    for (std::size_t j = 0; j < bits.size(); ++j)
        more = ((n / 2 + 1) >> j & 1U) != 0 ? a.both(bits[j], more) : a.any(bits[j], more);
    return a.text({more});
}

}  // namespace

TEST_CASE("a majority of 501 and of 1001 inputs has exact measures within a minute", "[cli]") {
    for (const unsigned n : {501U, 1001U}) {
        const Folder folder;
        folder.write("m.aag", majority(n));
        const auto start = std::chrono::steady_clock::now();
        const json m = run_attest(folder, {"measure", "--circuit", "m.aag", "--json"}).object();
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
        const unsigned half = n / 2 + 1;
        for (const char* key :
             {"sensitivity", "block_sensitivity", "certificate_complexity", "certificate_complexity_minimum"}) {
            CHECK(m.at(key).at("guarantee") == "exact");
            CHECK(m.at(key).at("value") == half);
        }
        for (const char* key : {"decision_tree_depth", "degree"}) CHECK(m.at(key).at("value") == n);
        CHECK(m.at("threshold_degree").at("value") == 1);
        CHECK(m.at("influences").at("guarantee") == "exact");
        CHECK(m.at("shape").at("symmetric") == true);
        CHECK(m.at("sensitivity").at("word").get<std::string>().size() == n);
        const Run text = run_attest(folder, {"measure", "--circuit", "m.aag"});  // a long word by its runs
        CHECK(text.has(" on 0^" + std::to_string(half) + " 1^" + std::to_string(half - 1)));
        CHECK(m.at("fourier").at("level_weights").size() == n + 1);
    }
}

TEST_CASE("adders and truth table agree on a small majority", "[cli]") {
    const Folder folder;
    folder.write("m.aag", majority(11));
    const json by_table = run_attest(folder, {"measure", "--circuit", "m.aag", "--json"}).object();
    const json by_language =
        run_attest(folder, {"measure", "--language", "majority", "--length", "11", "--json"}).object();
    for (const char* key : {"sensitivity", "block_sensitivity", "certificate_complexity", "degree", "influences",
                            "fourier", "accepted_words"})
        CHECK(by_table.at(key) == by_language.at(key));
}

TEST_CASE("an output of a circuit is chosen by name or number, or all are told", "[cli]") {
    const Folder folder;
    Aiger adder(3);
    const unsigned x = adder.differ(2, 4);
    folder.write("fa.aag", adder.text({adder.differ(x, 6), adder.any(adder.both(2, 4), adder.both(x, 6)), 7},
                                      "o0 sum\no1 carry\n"));
    const Run unsaid = run_attest(folder, {"measure", "--circuit", "fa.aag"});
    CHECK(unsaid.status == 2);
    CHECK(unsaid.complains(
        "fa.aag: expected one output, or --output NAME, a number from 1, or all, found 3 outputs: sum, carry, o2"));
    const json sum = run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "sum", "--json"}).object();
    CHECK(sum.at("output") == "sum");
    CHECK(sum.at("sensitivity").at("value") == 3);
    CHECK(run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "2", "--json"})
              .object()
              .at("threshold_degree")
              .at("value") == 1);
    CHECK(run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "o2", "--json"})
              .object()
              .at("accepted_words")
              .at("value") == 4);
    CHECK(run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "4"})
              .complains("--output: expected one of sum, carry, o2, a number from 1 to 3, or all, found '4'"));
    CHECK(run_attest(folder, {"measure", "--language", "parity", "--length", "3", "--output", "1"})
              .complains("--output: expected --circuit with it"));
    CHECK(run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "all", "--plot", "p.svg"})
              .complains("--plot: expected one output"));

    const json all = run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "all", "--json"}).object();
    REQUIRE(all.at("outputs").size() == 3);
    CHECK(all.at("outputs")[0].at("output") == "sum");
    CHECK(all.at("outputs")[0].at("degree").at("value") == 3);
    CHECK(all.at("outputs")[1].at("sensitivity").at("value") == 2);
    CHECK(all.at("outputs")[2].at("shape").at("relevant_positions") == json::array({3}));
    const Run table = run_attest(folder, {"measure", "--circuit", "fa.aag", "--output", "all"});
    CHECK(table.has("circuit fa.aag at length 3: 3 outputs"));
    CHECK(table.has("\n  carry "));
}

TEST_CASE("the function of Virza of 25 bits has block sensitivity 15, and no interval", "[cli]") {
    Aiger a(25);
    unsigned any = 0;
    for (unsigned s = 0; s < 5; ++s) {
        const auto section = [&](unsigned ones) {
            unsigned all = 1;
            for (unsigned i = 0; i < 5; ++i)
                all = a.both(all, a.input(5 * s + i + 1) ^ ((ones >> i & 1U) != 0 ? 0U : 1U));
            return all;
        };
        for (const unsigned ones : {3U, 12U, 16U}) any = a.any(any, section(ones));
    }
    const Folder folder;
    folder.write("virza.aag", a.text({any}));
    const json m = run_attest(folder, {"measure", "--circuit", "virza.aag", "--json"}).object();
    CHECK(m.at("sensitivity").at("value") == 5);
    CHECK(m.at("block_sensitivity").at("value") == 15);
    CHECK(m.at("block_sensitivity").at("guarantee") == "exact");
    CHECK(m.at("block_sensitivity").at("rejected").at("blocks").size() == 15);
    for (const char* key : {"certificate_complexity", "decision_tree_depth", "degree"})
        CHECK(m.at(key).at("guarantee") == "exact");
}

TEST_CASE("latches, constraints and justice are refused by name", "[cli]") {
    const Folder folder;
    folder.write("l.aag", "aag 2 1 1 1 0\n2\n4 2\n4\n");
    folder.write("c.aag", "aag 1 1 0 1 0 0 1\n2\n2\n2\n");
    folder.write("j.aag", "aag 1 1 0 1 0 0 0 1\n2\n2\n1\n2\n");
    CHECK(run_attest(folder, {"measure", "--circuit", "l.aag"}).complains("latch"));
    CHECK(run_attest(folder, {"measure", "--circuit", "c.aag"}).complains("constraint"));
    CHECK(run_attest(folder, {"measure", "--circuit", "c.aag", "--output", "all"}).complains("constraint"));
    CHECK(run_attest(folder, {"measure", "--circuit", "j.aag"}).complains("justice"));
}
