#include "decide/ablate/means.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/soft/evaluate.hpp"
#include "soft/word_sums.hpp"

// What a part adds is the final vector of a transformer that ends behind it: of its layer only the part, nothing that it is
// added to, no norm after it. So whatever evaluates transformers gives it, and the mean over positions is a readout. In doubles
// all words go at a time; balls are asked where these do not tell the mean as near as it is to be told.

namespace attest::ablate {

namespace {

using exact::Ball;
using exact::Rational;
using language::Word;
using network::Norm;
using network::Readout;
using network::Transformer;

/// The numbers near to a mean have so many binary digits behind the point, and are so near.
constexpr unsigned long digits = 40;
constexpr unsigned long within_digits = 32;

template <typename Part>
void keep_what_is_added(Part& part) {
    part.residual = false;
    if (part.norm && part.norm->placement == Norm::Placement::post) part.norm.reset();
}

bool stands_once(const network::Layer& layer) {
    return !layer.repeat || (layer.repeat->is_constant() && layer.repeat->evaluate({}) == 1);
}

/// A readout that gives all coordinates.
Readout all_coordinates(const Transformer& t, Readout::Reading reading) {
    Readout readout;
    readout.reading = reading;
    readout.position = t.readout.position;
    network::Classes& classes = readout.classes.emplace();
    classes.logits.weight.columns = t.dimension;
    for (std::size_t c = 0; c < t.dimension; ++c) {
        classes.names.push_back(std::to_string(c));
        classes.logits.weight.rows.push_back({{static_cast<std::uint32_t>(c), Rational(1)}});
    }
    return readout;
}

/// Read at all positions for a mean of each; else where what follows can read.
Transformer cut_behind(const Transformer& transformer, const Part& part, bool by_position) {
    Transformer cut = transformer;
    cut.layers.resize(part.layer);
    network::Layer& layer = cut.layers.back();
    if (!stands_once(layer))
        throw base::Unsupported(fmt::format("the mean of {}, whose layer has a repeat", to_string(part)));
    if (part.head == 0) {
        keep_what_is_added(*layer.feedforward);
    } else {
        layer.attention->heads = {layer.attention->heads[part.head - 1]};
        keep_what_is_added(*layer.attention);
        layer.feedforward.reset();
    }
    cut.final_norm.reset();
    const bool is_last = part.layer == transformer.layers.size();
    const bool one = !by_position && is_last && transformer.readout.reading == Readout::Reading::one;
    cut.readout = all_coordinates(transformer, one ? Readout::Reading::one : Readout::Reading::mean);
    return cut;
}

/// Begin and end are symbols of the word here, so that a readout at each position of the word is one at all positions.
Transformer with_ends_as_symbols(const Transformer& cut) {
    Transformer changed = cut;
    std::vector<std::string> symbols = cut.alphabet.symbols();
    if (cut.begin) symbols.push_back(*cut.begin), changed.embedding.push_back(cut.begin_embedding);
    if (cut.end) symbols.push_back(*cut.end), changed.embedding.push_back(cut.end_embedding);
    changed.alphabet = language::Alphabet(symbols);
    changed.begin.reset();
    changed.end.reset();
    changed.max_length.reset();
    changed.readout.reading = Readout::Reading::each;
    return changed;
}

/// The sum of what is given for each word; nothing where a limit came first.
template <typename Of>
auto sum_over_words(const Transformer& t, std::int64_t length, const base::Limits& limits, const Of& of)
    -> std::optional<decltype(of(Word()))> {
    Word word(static_cast<std::size_t>(length), 0);
    auto sum = of(word);
    while (language::next_word(word, t.alphabet)) {
        if (limits.exceeded()) return std::nullopt;
        const auto more = of(word);
        for (std::size_t p = 0; p < sum.size(); ++p)
            for (std::size_t c = 0; c < sum[p].size(); ++c) sum[p][c] += more[p][c];
    }
    return sum;
}

/// The nearest number with few digits.
Rational rounded(const Rational& x) {
    const mpz_class scale = mpz_class(1) << digits;
    const Rational scaled = x * scale + Rational(1, 2);
    mpz_class floor;
    mpz_fdiv_q(floor.get_mpz_t(), scaled.get_num_mpz_t(), scaled.get_den_mpz_t());
    Rational result(floor, scale);
    result.canonicalize();
    return result;
}

/// Ends between which a sum lies.
struct Ends {
    Rational lower, upper;
};

/// The mean at each position, or one.
using Mean = std::vector<exact::Vector>;

class MeanOf {
  public:
    MeanOf(const Transformer& cut, bool by_position, std::int64_t length, std::uint64_t words,
           const base::Limits& limits)
        : cut_(cut),
          ends_as_symbols_(by_position ? with_ends_as_symbols(cut) : cut),
          by_position_(by_position),
          length_(length),
          words_(static_cast<unsigned long>(words)),
          limits_(limits) {}

    bool is_exact() const { return cut_.kind() != network::AttentionKind::softmax; }

    std::optional<Mean> find() const {
        if (is_exact()) return exact_mean();
        if (auto mean = mean_in_doubles()) return mean;
        return enclosed_mean();
    }

  private:
    /// The word as it is evaluated: where all positions are read, begin and end belong to it.
    Word whole(const Word& word) const {
        if (!by_position_) return word;
        Word all = word;
        auto next = static_cast<language::Symbol>(cut_.alphabet.size());
        if (cut_.begin) all.insert(all.begin(), next++);
        if (cut_.end) all.push_back(next);
        return all;
    }
    std::int64_t evaluated_length() const { return by_position_ ? cut_.sequence_length(length_) : length_; }

    std::optional<Mean> exact_mean() const {
        const network::Evaluator evaluator(ends_as_symbols_, evaluated_length());
        auto sum = sum_over_words(cut_, length_, limits_,
                                  [&](const Word& word) { return evaluator.answer(whole(word)).logits; });
        if (sum)
            for (exact::Vector& vector : *sum)
                for (Rational& x : vector) x /= words_;
        return sum;
    }

    /// Nothing where doubles do not tell the mean as near as it is asked for.
    std::optional<Mean> mean_in_doubles() const {
        const auto sums = soft::sums_over_words(cut_, length_, limits_);
        if (!sums) return std::nullopt;
        std::vector<std::vector<Ends>> ends(by_position_ ? sums->size() : 1, std::vector<Ends>(cut_.dimension));
        for (std::size_t p = 0; p < sums->size(); ++p)
            for (std::size_t c = 0; c < cut_.dimension; ++c) {
                const exact::Interval& sum = (*sums)[p][c];
                if (!sum.is_finite()) return std::nullopt;
                Ends& to = ends[by_position_ ? p : 0][c];
                to.lower += Rational(sum.lo);
                to.upper += Rational(sum.hi);
            }
        if (!by_position_)
            for (Ends& each : ends.front()) {
                each.lower /= static_cast<unsigned long>(sums->size());
                each.upper /= static_cast<unsigned long>(sums->size());
            }
        return near(ends);
    }

    /// Twice the bits until the numbers are near enough.
    std::optional<Mean> enclosed_mean() const {
        for (long bits = 128; bits <= 4096; bits *= 2) {
            const soft::Evaluator evaluator(ends_as_symbols_, evaluated_length(), bits);
            const auto sum =
                sum_over_words(cut_, length_, limits_, [&](const Word& word) { return evaluator.answer(whole(word)); });
            if (!sum) return std::nullopt;
            std::vector<std::vector<Ends>> ends;
            bool finite = true;
            for (const exact::BallVector& vector : *sum) {
                ends.emplace_back();
                for (const Ball& x : vector) {
                    finite = finite && x.is_finite();
                    if (finite) ends.back().push_back({x.lower(), x.upper()});
                }
            }
            if (finite)
                if (auto mean = near(ends)) return mean;
        }
        throw base::Unsupported("the mean of what a part adds is not known to 32 digits with 4096 bits");
    }

    std::optional<Mean> near(const std::vector<std::vector<Ends>>& sums) const {
        const Rational reach(1, mpz_class(mpz_class(1) << (within_digits + 1)));
        Mean mean;
        for (const std::vector<Ends>& sum : sums) {
            mean.emplace_back();
            for (const Ends& x : sum) {
                const Rational lower = x.lower / words_, upper = x.upper / words_;
                mean.back().push_back(rounded((lower + upper) / 2));
                if (mean.back().back() - lower > reach || upper - mean.back().back() > reach) return std::nullopt;
            }
        }
        return mean;
    }

    const Transformer& cut_;
    const Transformer ends_as_symbols_;
    bool by_position_;
    std::int64_t length_;
    unsigned long words_;
    const base::Limits& limits_;
};

}  // namespace

std::variant<Means, verdict::Undecided> find_means(const Transformer& transformer, const std::vector<Part>& parts,
                                                   bool by_position, std::int64_t length, std::uint64_t most_words,
                                                   const base::Limits& limits,
                                                   const std::function<void(const std::string&)>& progress) {
    const auto words = language::count_words(transformer.alphabet, static_cast<std::uint64_t>(length), most_words);
    if (!words)
        return verdict::Undecided{verdict::Reason::unsupported,
                                  fmt::format("means over more than {} words", most_words)};
    Means means;
    for (const Part& part : parts) {
        if (progress) progress("the mean of " + to_string(part));
        const Transformer cut = cut_behind(transformer, part, by_position);
        const MeanOf mean(cut, by_position, length, *words, limits);
        auto found = mean.find();
        if (!found) {
            const auto limit = limits.exceeded();
            return verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::interrupted,
                                      "while means were taken"};
        }
        if (!mean.is_exact()) means.within = Rational(1, mpz_class(mpz_class(1) << within_digits));
        means.values.push_back(std::move(*found));
    }
    return means;
}

}  // namespace attest::ablate
