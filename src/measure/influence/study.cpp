// What is known of the influence of one symbol, from below and from above, by whatever method says most.
//
// Every method gives something true: boxes an upper bound (certify.cpp), and sometimes a word; enumeration both ends
// (enumerate.cpp); a search in doubles a word (search.cpp), whose change intervals then enclose; so upper bounds may be
// met, and the best word taken. They come in the order of what they cost, and end once the upper bound is within two
// hundredths of what is reached: boxes with little effort, which are points where only counts matter; enumeration,
// where words are few; search; boxes again, with more effort and in other coordinates (functionals.cpp).
//
// The readout position is asked about by itself: its own symbol reaches the output undivided by n.

#include "attest/measure/influence/study.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "followed.hpp"
#include "measure/influence/search.hpp"
#include "soft/blowup.hpp"

namespace attest::influence {

namespace {

/// What one replacement in one word does.
Change enclose(const Network& network, const language::Word& word, std::int64_t position, language::Symbol to) {
    const language::Symbol from = word[static_cast<std::size_t>(position - 1)];
    const Network pinned = pin(network, word, position);
    Counts one{1, std::vector<std::int64_t>(network.symbols, 0), std::vector<std::int64_t>(network.symbols, 0)};
    one.least[from] = one.most[from] = 1;
    const Where where = position == network.readout - network.first_symbol + 1 ? Where::readout : Where::others;
    return enclose_change(pinned, pinned.roots, one, {from, to, where});
}

/// What stands for the one class whose symbol is replaced, the readout position holding what it holds.
Interval only(const Change& change, const std::vector<Box>& by_class) {
    for (const Box& box : by_class)
        for (std::size_t s = 0; s < box.size(); ++s)
            if (change.possible[s]) return box[s];
    return {};
}

std::optional<Witness> enclose(const Network& network, const Found& found) {
    const auto position = static_cast<std::int64_t>(found.position) + 1;
    const Change change = enclose(network, found.word, position, found.to);
    return Witness{found.word, position, found.to, only(change, change.by_class)};
}

std::optional<Witness> better(std::optional<Witness> a, std::optional<Witness> b) {
    if (!a) return b;
    return b && b->change.mignitude() > a->change.mignitude() ? b : a;
}

}  // namespace

double Bracket::ratio() const {
    if (certified.bound == 0) return 1;
    return certified.bound / reached();
}

namespace {

/// Both are true: what they say together.
void narrow(Certified& certified, double bound, const std::vector<double>& by_position, Interval logit) {
    certified.bound = std::min(certified.bound, bound);
    for (std::size_t p = 0; p < by_position.size(); ++p)
        certified.by_position[p] = std::min(certified.by_position[p], by_position[p]);
    certified.logit = intersect(certified.logit, logit);
}

constexpr double near_enough = 1.02;

/// What is asked of one model at one length, and the evaluation of all its words, which serves all positions.
struct Question {
    const network::Transformer& model;
    std::int64_t length;
    const StudyOptions& options;
    const base::Limits& limits;
    Network network = instantiate(model, length, limits.memory_bytes);
    std::optional<Enumerated> enumerated = {};
    bool was_enumerated = false;

    /// The position of the word that is read, from 1; outside of it where the begin or end symbol is read.
    std::int64_t readout() const { return network.readout - network.first_symbol + 1; }
    const std::optional<Enumerated>& enumerate() {
        if (!was_enumerated) enumerated = influence::enumerate(model, length, options.most_balls, limits);
        was_enumerated = true;
        return enumerated;
    }
};

/// Boxes first, with little effort: where only counts matter they are points, and show a word as well as a bound. Then
/// all words, where they are few; else words by search, and boxes again with more effort.
class Bracketing {
  public:
    Bracketing(Question& question, Where where, Bracket& result) : q_(question), where_(where), result_(result) {}

    void run() {
        result_.certified = by_boxes(q_.network, std::min<std::uint64_t>(q_.options.most_work, 20'000'000));
        if (!near()) by_enumeration();
        if (!near()) by_search();
        if (!near()) again_by_boxes();
    }

  private:
    bool near() const { return result_.ratio() <= near_enough || result_.is_exact(); }

    Certified by_boxes(const Network& network, std::uint64_t most_work) {
        CertifyOptions options;
        options.where = where_;
        options.near_enough = near_enough;
        options.threads = q_.options.threads;
        options.most_work = most_work;
        options.reached = result_.reached();
        Certified certified = certify(network, options, q_.limits);
        if (q_.enumerated) narrow(certified, *q_.enumerated);
        result_.witness = better(result_.witness, certified.witness);
        return certified;
    }
    void narrow(Certified& certified, const Enumerated& all) const {
        const bool read = where_ == Where::readout;
        influence::narrow(certified, read ? all.by_position[static_cast<std::size_t>(q_.readout() - 1)] : all.bound,
                          all.by_position, all.logit);
    }
    /// With more effort, and in coordinates that are made for it.
    void again_by_boxes() {
        const auto functionals = instantiate_functionals(q_.model, q_.length, q_.limits.memory_bytes);
        const Certified again = by_boxes(functionals ? *functionals : q_.network, q_.options.most_work);
        if (functionals) influence::narrow(result_.certified, again.bound, again.by_position, again.logit);
        else result_.certified = again;
    }
    void by_enumeration() {
        const auto& all = q_.enumerate();
        if (!all) return;
        narrow(result_.certified, *all);
        result_.witness = better(result_.witness, where_ == Where::readout ? all->read : all->witness);
    }
    void by_search() {
        const FloatNetwork floats(q_.model, q_.length, q_.limits.memory_bytes);
        SearchOptions options;
        options.seed = q_.options.seed;
        options.most_operations = q_.options.most_operations;
        options.readout = q_.readout();
        options.where = where_;
        if (result_.witness) options.start.push_back(result_.witness->word);
        if (const auto found = search(floats, q_.network.symbols, options, q_.limits))
            result_.witness = better(result_.witness, enclose(q_.network, *found));
    }

    Question& q_;
    const Where where_;
    Bracket& result_;
};

class Inquiry {
  public:
    explicit Inquiry(Question question) : q_(std::move(question)) {}

    Study run() {
        result_.lemma = lemma_five(q_.network);
        Bracketing(q_, Where::others, result_).run();
        if (q_.readout() >= 1 && q_.readout() <= q_.length) at_the_readout();
        result_.enumerated = q_.enumerated;
        if (result_.witness) look_at(*result_.witness);
        return std::move(result_);
    }

  private:
    void at_the_readout() {
        ReadBracket& read = result_.read.emplace();
        read.position = q_.readout();
        Bracketing(q_, Where::readout, read).run();
        result_.certified.by_position[static_cast<std::size_t>(read.position - 1)] = read.certified.bound;
        // Each holds the outputs of all words, but nothing where no other symbol can be replaced.
        result_.certified.logit =
            q_.length == 1 ? read.certified.logit : intersect(result_.certified.logit, read.certified.logit);
    }

    /// What else the witness shows.
    void look_at(const Witness& witness) {
        const Change change = enclose(q_.network, witness.word, witness.position, witness.to);
        result_.vector = {only(change, change.distance), only(change, change.norm_change)};
        if (result_.enumerated) {
            result_.blowup = result_.enumerated->blowup;
            return;
        }
        if (!has_norm(q_.model)) return;
        language::Word other = witness.word;
        other[static_cast<std::size_t>(witness.position - 1)] = witness.to;
        for (const language::Word* word : {&witness.word, static_cast<const language::Word*>(&other)}) {
            const Interval here = exact::to_interval(soft::blowup(q_.model, *word, 128).product);
            result_.blowup = {std::max(result_.blowup.lo, here.lo), std::max(result_.blowup.hi, here.hi)};
        }
    }

    Question q_;
    Study result_;
};

/// What all words say, and nothing else.
Study study_words(const network::Transformer& t, std::int64_t length, const std::string& key,
                  const StudyOptions& options, const base::Limits& limits) {
    const auto all = enumerate(t, length, options.most_balls, limits);
    if (!all)
        throw base::Unsupported(fmt::format(
            "{}:{}: influence evaluates all words of such a model, and those of length {} {}", base::printable(t.name),
            key, length, limits.exceeded() ? "were not all evaluated" : "are too many, or have no finite scores"));
    Study result;
    result.by_words = key;
    result.lemma.applies = false;
    const auto with = [&](Bracket& bracket, double bound, const std::optional<Witness>& witness) {
        bracket.witness = witness;
        bracket.certified.bound = bound;
        bracket.certified.by_position = all->by_position;
        bracket.certified.logit = all->logit;
    };
    with(result, all->bound, all->witness);
    if (const auto position = read_symbol(t, length)) {
        ReadBracket& read = result.read.emplace();
        read.position = *position;
        with(read, all->by_position[static_cast<std::size_t>(*position - 1)], all->read);
    }
    result.enumerated = all;
    result.blowup = all->blowup;
    return result;
}

}  // namespace

void require_followed(const network::Transformer& transformer, std::int64_t length) {
    const network::AtLength at = evaluated(transformer, length);
    (void)only_by_words(*at);
    (void)read_symbol(*at, length);
}

Study study(const network::Transformer& transformer, std::int64_t length, const StudyOptions& options,
            const base::Limits& limits) {
    const network::AtLength at = evaluated(transformer, length);
    if (const auto key = only_by_words(*at)) return study_words(*at, length, *key, options, limits);
    return Inquiry({*at, length, options, limits}).run();
}

}  // namespace attest::influence
