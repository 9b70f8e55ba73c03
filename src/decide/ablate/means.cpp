#include "decide/ablate/means.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/soft/evaluate.hpp"

// What a part adds is the final vector of a transformer that ends behind it: of its layer only the part, nothing that it is
// added to, no norm after it. So whatever evaluates transformers gives it, and the mean over positions is a readout.

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

Readout all_coordinates(const Transformer& t, bool is_last) {
    Readout readout;
    const bool one = is_last && t.readout.reading == Readout::Reading::one;
    readout.reading = one ? Readout::Reading::one : Readout::Reading::mean;
    readout.position = t.readout.position;
    network::Classes& classes = readout.classes.emplace();
    classes.logits.weight.columns = t.dimension;
    for (std::size_t c = 0; c < t.dimension; ++c) {
        classes.names.push_back(std::to_string(c));
        classes.logits.weight.rows.push_back({{static_cast<std::uint32_t>(c), Rational(1)}});
    }
    return readout;
}

Transformer cut_behind(const Transformer& transformer, const Part& part) {
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
    cut.readout = all_coordinates(transformer, part.layer == transformer.layers.size());
    return cut;
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
        for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += more[c];
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

class Mean {
  public:
    Mean(const Transformer& cut, std::int64_t length, std::uint64_t words, const base::Limits& limits)
        : cut_(cut), length_(length), words_(static_cast<unsigned long>(words)), limits_(limits) {}

    bool is_exact() const { return cut_.kind() != network::AttentionKind::softmax; }

    std::optional<exact::Vector> find() const { return is_exact() ? exact_mean() : enclosed_mean(); }

  private:
    std::optional<exact::Vector> exact_mean() const {
        const network::Evaluator evaluator(cut_, length_);
        auto sum = sum_over_words(cut_, length_, limits_,
                                  [&](const Word& word) { return evaluator.answer(word).logits.front(); });
        if (sum)
            for (Rational& x : *sum) x /= words_;
        return sum;
    }

    /// Twice the bits until the numbers are near enough.
    std::optional<exact::Vector> enclosed_mean() const {
        for (long bits = 128; bits <= 4096; bits *= 2) {
            const soft::Evaluator evaluator(cut_, length_, bits);
            const auto sum = sum_over_words(cut_, length_, limits_,
                                            [&](const Word& word) { return evaluator.answer(word).front(); });
            if (!sum) return std::nullopt;
            if (auto mean = near(*sum)) return mean;
        }
        throw base::Unsupported("the mean of what a part adds is not known to 32 digits with 4096 bits");
    }

    std::optional<exact::Vector> near(const exact::BallVector& sum) const {
        const Rational reach(1, mpz_class(mpz_class(1) << (within_digits + 1)));
        exact::Vector mean;
        for (const Ball& x : sum) {
            if (!x.is_finite()) return std::nullopt;
            const Rational lower = x.lower() / words_, upper = x.upper() / words_;
            mean.push_back(rounded((lower + upper) / 2));
            if (mean.back() - lower > reach || upper - mean.back() > reach) return std::nullopt;
        }
        return mean;
    }

    const Transformer& cut_;
    std::int64_t length_;
    unsigned long words_;
    const base::Limits& limits_;
};

}  // namespace

std::variant<Means, verdict::Undecided> find_means(const Transformer& transformer, const std::vector<Part>& parts,
                                                   std::int64_t length, std::uint64_t most_words,
                                                   const base::Limits& limits,
                                                   const std::function<void(const std::string&)>& progress) {
    const auto words = language::count_words(transformer.alphabet, static_cast<std::uint64_t>(length), most_words);
    if (!words)
        return verdict::Undecided{verdict::Reason::unsupported,
                                  fmt::format("means over more than {} words", most_words)};
    Means means;
    for (const Part& part : parts) {
        if (progress) progress("the mean of " + to_string(part));
        const Transformer cut = cut_behind(transformer, part);
        const Mean mean(cut, length, *words, limits);
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
