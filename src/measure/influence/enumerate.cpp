// The influence of every position, exactly, by evaluating all words.
//
// Statement. If the score depends only on the number of each symbol in each class of positions (soft::find_classes),
// one word for each choice of counts stands for all, and the replacement of a by b in class k of it is, up to an
// exchange within the class, the word with one a less and one b more. So influence is the greatest difference between
// two entries of a table.
//
// Scores are balls: the bound over a class is the greatest magnitude of such a difference, and the witness that with
// the greatest least magnitude. In `replace_in` the words of the table have symbols ascending within classes, so that
// the other word is found by moving what is between up by one.

#include "attest/measure/influence/enumerate.hpp"

#include <algorithm>
#include <map>

#include "attest/soft/evaluate.hpp"
#include "attest/soft/symmetry.hpp"
#include "followed.hpp"
#include "soft/blowup.hpp"

namespace attest::influence {

namespace {

using language::Symbol;
using language::Word;

constexpr long word_bits = 192;
constexpr std::uint64_t most_fillings = std::uint64_t{1} << 17;

double entries(const exact::AffineMap& map) {
    double sum = static_cast<double>(map.outputs());
    for (const auto& row : map.weight.rows) sum += static_cast<double>(row.size());
    return sum;
}

/// Operations on balls for one word, about.
double work_of_word(const network::Transformer& t, std::int64_t n) {
    const double positions = static_cast<double>(n), d = static_cast<double>(t.dimension);
    double sum = 0;
    for (std::size_t l = 0; l < t.layers.size(); ++l) {
        const network::Layer& layer = t.layers[l];
        const bool is_read_once = l + 1 == t.layers.size() && t.readout.reading == network::Readout::Reading::one;
        const double queries = is_read_once ? 1 : positions;
        double point = 0;
        if (layer.attention) {
            for (const network::Head& head : layer.attention->heads) {
                const bool uniform = !head.query && head.bias.is_constant();
                sum += positions * (entries(head.value) + (head.key ? entries(*head.key) : 0));
                if (!uniform)
                    sum += queries * positions * static_cast<double>(10 + head.query_rows() + head.value.outputs());
                point += entries(head.output);
            }
            if (layer.attention->norm) point += 8 * d;
        }
        if (layer.feedforward) {
            for (const exact::AffineMap& map : layer.feedforward->maps) point += entries(map);
            if (layer.feedforward->gate) point += entries(*layer.feedforward->gate);
            if (layer.feedforward->norm) point += 8 * d;
        }
        sum += queries * (point + d);
    }
    return sum;
}

class Table {
  public:
    Table(const network::Transformer& t, std::int64_t length)
        : t_(t), length_(length), classes_(soft::find_classes(t, length)) {
        const auto read = read_symbol(t, length);
        for (const auto& positions : classes_)
            read_.push_back(read && positions.size() == 1 && positions[0] + 1 == *read);
    }

    bool fits(double most_work, const base::Limits& limits) const {
        const auto fillings = soft::count_fillings(classes_, t_.alphabet.size(), most_fillings);
        if (!fillings) return false;
        const double words = static_cast<double>(*fillings);
        const double bytes = words * static_cast<double>(length_) * sizeof(Symbol);
        return words * work_of_word(t_, t_.sequence_length(length_)) <= most_work &&
               bytes <= static_cast<double>(limits.memory_bytes) / 2;
    }

    /// False: a ball is not finite, or the limits ended it.
    bool fill(const base::Limits& limits) {
        const soft::Evaluator evaluator(t_, length_, word_bits);
        bool complete = true;
        soft::for_each_filling(classes_, t_.alphabet.size(), length_, [&](const Word& word, const mpz_class&) {
            std::vector<soft::NormSeen> norms;
            exact::Ball score = evaluator.score(word, {.norms = &norms});
            if (!norms.empty()) stretch(norms);
            complete = score.is_finite() && !limits.exceeded();
            scores_.emplace(word, std::move(score));
            return complete;
        });
        return complete;
    }

    Enumerated compare() const {
        Enumerated result;
        result.by_position.assign(static_cast<std::size_t>(length_), 0);
        result.words = scores_.size();
        result.classes = classes_.size();
        result.logit = {exact::infinity, -exact::infinity};
        result.blowup = blowup_;
        for (const auto& [word, score] : scores_) {
            result.logit = hull(result.logit, exact::to_interval(score));
            for (std::size_t k = 0; k < classes_.size(); ++k) replace_in(k, word, score, result);
        }
        for (std::size_t k = 0; k < classes_.size(); ++k)
            for (const std::int64_t p : classes_[k])
                if (!read_[k]) result.bound = std::max(result.bound, result.by_position[static_cast<std::size_t>(p)]);
        return result;
    }

  private:
    void stretch(const std::vector<soft::NormSeen>& norms) {
        const Interval here = exact::to_interval(soft::blowup(norms).product);
        blowup_ = {std::max(blowup_.lo, here.lo), std::max(blowup_.hi, here.hi)};
    }
    /// Within a class the symbols ascend: the last of one becomes the first of the next greater, others between move
    /// up.
    void replace_in(std::size_t k, const Word& word, const exact::Ball& score, Enumerated& result) const {
        const auto& positions = classes_[k];
        std::optional<Witness>& witness = read_[k] ? result.read : result.witness;
        const auto at = [&](std::size_t m) { return static_cast<std::size_t>(positions[m]); };
        for (std::size_t m = 0; m < positions.size(); ++m) {
            const Symbol from = word[at(m)];
            if (m + 1 < positions.size() && word[at(m + 1)] == from) continue;
            for (Symbol to = from + 1; to < t_.alphabet.size(); ++to) {
                Word other = word;
                std::size_t place = m;
                for (; place + 1 < positions.size() && other[at(place + 1)] < to; ++place)
                    other[at(place)] = other[at(place + 1)];
                other[at(place)] = to;
                const Interval change = exact::to_interval(scores_.at(other) - score);
                for (const std::int64_t p : positions) {
                    double& bound = result.by_position[static_cast<std::size_t>(p)];
                    bound = std::max(bound, change.magnitude());
                }
                if (!witness || change.mignitude() > witness->change.mignitude())
                    witness = Witness{word, positions[m] + 1, to, change};
            }
        }
    }

    const network::Transformer& t_;
    const std::int64_t length_;
    const soft::Classes classes_;
    std::vector<bool> read_;
    std::map<Word, exact::Ball> scores_;
    Interval blowup_{1, 1};
};

}  // namespace

std::optional<Enumerated> enumerate(const network::Transformer& transformer, std::int64_t length, double most_work,
                                    const base::Limits& limits) {
    Table table(transformer, length);
    if (!table.fits(most_work, limits) || !table.fill(limits)) return std::nullopt;
    return table.compare();
}

}  // namespace attest::influence
