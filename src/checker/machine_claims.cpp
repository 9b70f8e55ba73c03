#include "checker/core/machine_claims.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/words.hpp"
#include "checker/simulation/construction.hpp"
#include "checker/simulation_claims.hpp"

// Claims that networks run machines. The obligations of FORMAT.md section 28.

namespace attest::checker {
namespace {

constexpr std::size_t most_words = std::size_t{1} << 22;

/// The machine, its normal form, the network.
struct Simulation {
    TuringMachine machine, normal;
    Chain network;
    Blocks at;
    std::vector<std::size_t> tokens;  ///< by symbol of the machine's alphabet: of the network's; their number: none
};

/// Where each symbol of some stands among others, or the number of these.
std::vector<std::size_t> places_among(const std::vector<Symbol>& some, const std::vector<Symbol>& others) {
    const auto numbers = numbers_by_symbol(others);
    std::vector<std::size_t> places;
    for (const Symbol& symbol : some) {
        const auto found = numbers.find(symbol);
        places.push_back(found == numbers.end() ? others.size() : found->second);
    }
    return places;
}

Simulation read_simulation(Examination& at) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    TuringMachine machine = read_turing(at.files.at("machine.json"), "machine.json", false, at.budget);
    if (!machine.name.empty() && machine.name != at.manifest.claim.model)
        throw Defect("manifest.json: claim.machine", "the machine's name is " + quoted(machine.name));
    TuringMachine normal = normal_form(machine, at.budget);
    Chain network = read_chain(at.files.at("network.json"), "network.json", at.budget);
    const Blocks blocks(normal);
    std::vector<std::size_t> tokens = places_among(machine.alphabet, network.alphabet);
    return {std::move(machine), std::move(normal), std::move(network), blocks, std::move(tokens)};
}

/// The tokens of the network for a word over the machine's alphabet.
std::vector<std::size_t> tokens_of(const Simulation& s, const Word& word) {
    std::vector<std::size_t> tokens;
    for (const std::size_t a : word) {
        if (s.tokens[a] == s.network.alphabet.size())
            throw Defect("network.json: alphabet", quoted(s.machine.alphabet[a]) + " is missing");
        tokens.push_back(s.tokens[a]);
    }
    if (!tokens.empty()) return tokens;
    if (!s.network.blank) throw Defect("network.json: blank", "without it the empty word has no token");
    return {s.network.alphabet.size()};
}

std::vector<Moment> moments_of(const Simulation& s, const Word& word, std::size_t steps, Budget& budget) {
    std::vector<std::size_t> cells;
    for (const std::size_t a : word)
        cells.push_back(static_cast<std::size_t>(
            std::find(s.normal.tape.begin(), s.normal.tape.end(), s.machine.alphabet[a]) - s.normal.tape.begin()));
    return run_turing(s.normal, cells, steps, budget);
}

/// The first time, up to `steps`, at which the network is wrong on the word: its output is no configuration of the
/// machine, or a head with queries had no single best position on the way there.
std::optional<std::size_t> first_wrong(const Simulation& s, const Word& word, std::size_t steps, Budget& budget) {
    const Budget::Temporary given_back(budget);
    const std::vector<Moment> moments = moments_of(s, word, steps, budget);
    ChainRun run(s.network, tokens_of(s, word), budget);
    bool one_each = true;
    for (std::size_t t = 0; t <= steps; ++t) {
        if (t > 0) one_each = run.step();
        if (!one_each || run.output() != output_of(moments[t], s.at, s.network.dimension)) return t;
    }
    return std::nullopt;
}

/// The network has room for a configuration.
void require_room(const Simulation& s) {
    if (s.network.dimension < s.at.x1 + 1)
        throw Defect("network.json: dimension", "a configuration has " + std::to_string(s.at.x1 + 1) + " numbers");
}

void check_all_words(Examination& at, const Simulation& s) {
    const SimulationClaim claim = simulation_of(at.manifest.claim);
    require_room(s);
    const std::size_t symbols = s.machine.alphabet.size();
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < *claim.length; ++i) {
        count *= symbols;
        if (count > most_words) throw Defect("manifest.json: evidence.words", "there are more than 2^22 words");
        if (count <= 1) break;
    }
    if (at.manifest.evidence.words != count)
        throw Defect("manifest.json: evidence.words", "there are " + std::to_string(count) + " words");
    at.obligation = "exhaustion";
    Word word(*claim.length);
    if (count > 0) do {
            if (const auto wrong = first_wrong(s, word, *claim.steps, at.budget))
                throw Defect("network.json", "at time " + std::to_string(*wrong) + " it is wrong on the word " +
                                                 spell(word, s.machine.alphabet));
        } while (advance(word, symbols));
    at.report.evidence =
        "exact evaluation of " + std::to_string(count) + " words at " + std::to_string(*claim.steps + 1) + " times";
}

void check_witness(Examination& at, const Simulation& s) {
    const SimulationClaim claim = simulation_of(at.manifest.claim);
    require_room(s);
    at.obligation = "witness";
    const std::string& text = at.manifest.evidence.word;
    const std::size_t time = at.manifest.evidence.position,
                      length = symbols_of(text, s.machine.alphabet, at.budget).size();
    if (claim.length && length != *claim.length)
        throw Defect("manifest.json: evidence.word",
                     "the claim is about words of " + std::to_string(*claim.length) + " symbols");
    if (claim.steps && time > *claim.steps)
        throw Defect("manifest.json: evidence.time", "the claim is about " + std::to_string(*claim.steps) + " steps");
    const Word word = read_word(text, length, s.machine.alphabet, "manifest.json: evidence.word", at.budget);
    const auto wrong = first_wrong(s, word, time, at.budget);
    if (wrong != time)
        throw Defect("manifest.json: evidence.time", wrong
                                                         ? "it is wrong at time " + std::to_string(*wrong) + " already"
                                                         : "the network is right up to this time");
    at.report.evidence = "a word on which it is wrong at time " + std::to_string(time);
}

void check_construction(Examination& at, const Simulation& s) {
    at.obligation = "normal-form";
    require_same(read_turing(at.files.at("normal.json"), "normal.json", true, at.budget), s.normal, "normal.json");
    at.obligation = "translation";
    const Rational weight = last_visit_weight(s.network, s.at);
    require_same(s.network, construct(s.normal, weight, at.budget), at.budget);
    at.obligation = "table";
    const std::size_t cases = check_tables(s.network, s.normal, at.budget);
    at.obligation = "margin";
    const std::size_t coefficients = check_margins(weight, at.budget);
    at.report.evidence = "construction rebuilt, " + std::to_string(cases) + " cases of its tables, 7 margins (" +
                         std::to_string(coefficients) + " coefficients, none negative)";
}

}  // namespace

std::string simulation_title(const Claim& claim) {
    return claim.verified ? "verified simulation" : "refuted simulation";
}

std::string simulation_sentence(const Claim& claim) {
    const SimulationClaim c = simulation_of(claim);
    const std::string machine = "the Turing machine " + quoted(claim.model);
    const std::string where = c.length ? "on all words of " + std::to_string(*c.length) +
                                             (*c.length == 1 ? " symbol" : " symbols") + " for " +
                                             std::to_string(*c.steps) + (*c.steps == 1 ? " step" : " steps")
                                       : "on every word for ever";
    return std::string("the network ") + (claim.verified ? "simulates " : "does not simulate ") + machine + " " + where;
}

void check_simulation(Examination& at) {
    const Simulation s = read_simulation(at);
    switch (at.manifest.evidence.kind) {
        case Evidence::Kind::network: return check_construction(at, s);
        case Evidence::Kind::exhaustion: return check_all_words(at, s);
        default: return check_witness(at, s);
    }
}

}  // namespace attest::checker
