// From an assignment to tables.
//
// Nothing but what the assignment says of each word is used: what each position held and what each head chose. A list
// of preferences has only pairs that are chosen on some word, each after all that beat it there; then on every word the
// chosen pair is the first of its list that is present, because no list has a cycle.

#include "decide/threshold/witness.hpp"

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"

namespace attest::threshold {

namespace {

class Decoder {
  public:
    Decoder(const Specification& specification, const std::vector<Sample>& samples, const Encoding& encoding,
            const CutSolver& solver)
        : spec_(specification), samples_(samples), encoding_(encoding), solver_(solver) {}

    network::Guhat run() {
        begin();
        for (const Site& site : encoding_.sites)
            if (wanted(site.sample)) sites_[{site.sample, site.layer, site.position}].push_back(&site);
        for (std::size_t x = 0; x < samples_.size(); ++x)
            if (wanted(x)) read(x);
        for (auto& [asking, above] : above_) network_.attention[asking] = sorted(above);
        return std::move(network_);
    }

  private:
    using Above = std::map<network::Pair, std::set<network::Pair>>;  // chosen pair → pairs that were present then

    bool wanted(std::size_t x) const { return samples_[x].word.size() == static_cast<std::size_t>(spec_.length); }

    void begin() {
        network_ = blank_network(spec_);
        network_.values = encoding_.values;
    }

    network::ValueId held(std::size_t l, std::size_t x, std::int64_t i) const {
        for (const Held& h : encoding_.held[l][x][static_cast<std::size_t>(i - 1)])
            if (solver_.value(h.literal)) return h.value;
        throw base::InternalError("a position without a value in a satisfying assignment");
    }

    void read(std::size_t x) {
        const std::int64_t n = network_.positions();
        for (std::int64_t l = 1; l <= network_.layers; ++l)
            for (std::int64_t i = l == network_.layers ? n : 1; i <= n; ++i) read(l, x, i);
    }

    void read(std::int64_t l, std::size_t x, std::int64_t i) {
        const network::ValueId own = held(static_cast<std::size_t>(l - 1), x, i);
        std::vector<network::Pair> attended;
        for (const Site* site : sites_[{x, l, i}]) {
            attended.push_back(chosen(*site));
            note_preference(*site, own, attended.back());
        }
        if (attended.empty())
            attended.assign(static_cast<std::size_t>(network_.heads), {1, own});  // blind: the only pair it could see
        const network::ValueId tuple = network_.values.tuple(own, attended);
        if (l == network_.layers) {
            if (samples_[x].accepted) network_.accept.insert(tuple);
        } else if (network_.bounded(l)) {
            const auto becomes =
                static_cast<std::int64_t>(network_.values.number(held(static_cast<std::size_t>(l), x, i)));
            if (network_.activation.try_emplace({l, i, tuple}, becomes).first->second != becomes)
                throw base::InternalError("an activation with two values in a satisfying assignment");
        }
    }

    network::Pair chosen(const Site& site) const {
        for (const Choice& c : site.choices)
            if (solver_.value(c.chosen)) return c.pair;
        throw base::InternalError("a head without a choice in a satisfying assignment");
    }

    void note_preference(const Site& site, network::ValueId own, const network::Pair& choice) {
        std::set<network::Pair>& above = above_[{site.layer, site.head, site.position, own}][choice];
        const std::int64_t n = network_.positions();
        for (std::int64_t j = 1; j <= n; ++j)
            if (j != choice.position) above.insert({j, held(static_cast<std::size_t>(site.layer - 1), site.sample, j)});
    }

    /// The chosen pairs, each before the chosen pairs that were present when it was chosen.
    static std::vector<network::Pair> sorted(const Above& above) {
        std::map<network::Pair, std::size_t> waiting;
        for (const auto& [pair, lower] : above) waiting.try_emplace(pair, 0);
        for (const auto& [pair, lower] : above)
            for (const network::Pair& p : lower)
                if (const auto w = waiting.find(p); w != waiting.end()) ++w->second;
        std::vector<network::Pair> list;
        while (!waiting.empty()) {
            const auto next = std::find_if(waiting.begin(), waiting.end(), [](const auto& w) { return w.second == 0; });
            if (next == waiting.end()) throw base::InternalError("a cycle of preferences in a satisfying assignment");
            list.push_back(next->first);
            waiting.erase(next);
            for (const network::Pair& p : above.at(list.back()))
                if (const auto w = waiting.find(p); w != waiting.end()) --w->second;
        }
        return list;
    }

    const Specification& spec_;
    const std::vector<Sample>& samples_;
    const Encoding& encoding_;
    const CutSolver& solver_;
    network::Guhat network_;
    std::map<std::tuple<std::size_t, std::int64_t, std::int64_t>, std::vector<const Site*>> sites_;
    std::map<network::Guhat::Asking, Above> above_;
};

/// Whether heads looked where a strict mask allows it: to the left, or from the first position at itself.
bool looks_left(const network::GuhatTrace& trace) {
    for (const auto& layer : trace.attended)
        for (const std::vector<std::int64_t>& head : layer)
            for (std::size_t p = 0; p < head.size(); ++p)
                if (head[p] > std::max<std::int64_t>(1, static_cast<std::int64_t>(p))) return false;
    return true;
}

}  // namespace

network::Guhat blank_network(const Specification& specification) {
    network::Guhat network;
    network.alphabet = specification.language.alphabet();
    if (specification.network.read == Reading::end) network.end = end_symbol(network.alphabet);
    network.length = specification.length;
    network.layers = specification.network.layers;
    network.heads = specification.network.heads;
    network.activations = specification.network.activations;
    return network;
}

std::optional<language::Word> mistake(const Specification& specification, const network::Guhat& network) {
    network::GuhatEvaluator evaluator(network);
    const bool masked = specification.network.mask == Mask::strict;
    language::Word word(static_cast<std::size_t>(specification.length), 0);
    do {
        network::GuhatTrace trace;
        if (evaluator.accepts(word, masked ? &trace : nullptr) != specification.language.contains(word) ||
            !looks_left(trace))
            return word;
    } while (language::next_word(word, specification.language.alphabet()));
    return std::nullopt;
}

network::Guhat decode(const Specification& specification, const std::vector<Sample>& samples, const Encoding& encoding,
                      const CutSolver& solver) {
    network::Guhat network = Decoder(specification, samples, encoding, solver).run();
    if (const auto word = mistake(specification, network))
        throw base::InternalError("the network that was found errs on " +
                                  specification.language.alphabet().spell(*word));
    return network;
}

}  // namespace attest::threshold
