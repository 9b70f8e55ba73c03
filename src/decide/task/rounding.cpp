// Every evaluation in binary32: midpoints in doubles, and beside each how far an evaluation may be from it. What a sum of
// m terms in any order is rounded by is at most γ of the sum of their sizes, γ for m roundings and some more, which cover
// what doubles lose [higham2002accuracy]. FORMAT.md, section 35, says what an evaluation is.

#include "rounding.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "attest/base/error.hpp"

namespace attest::task {

namespace {

using exact::Rational;

constexpr std::size_t together = 8;  ///< words
constexpr double single = 0x1p-24, lost = 0x1p-126, more = 1 + 0x1p-29;
constexpr double unknown = std::numeric_limits<double>::infinity();

double growth(std::size_t roundings) {
    const double sum = static_cast<double>(roundings + 4) * single;
    return sum / (1 - sum) * more;
}

/// Numbers of eight words with radii: [entry * 8 + word].
struct Enclosed {
    explicit Enclosed(std::size_t entries = 0) : middle(entries * together), radius(entries * together) {}
    std::size_t entries() const { return middle.size() / together; }

    std::vector<double> middle, radius;
};

// The compiler makes the inner loop for several kinds of processors.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define ATTEST_SEVERAL_PROCESSORS __attribute__((target_clones("avx512f", "fma", "default")))
#else
#define ATTEST_SEVERAL_PROCESSORS
#endif

/// y = W x and r = |W| moves, of eight words.
ATTEST_SEVERAL_PROCESSORS void weigh(const double* w, std::size_t rows, std::size_t columns, const double* x,
                                     const double* moves, double* y, double* radius) {
    for (std::size_t r = 0; r < rows; ++r, w += columns) {
        double sum[together] = {}, move[together] = {};
        for (std::size_t c = 0; c < columns; ++c)
            for (std::size_t k = 0; k < together; ++k) {
                sum[k] += w[c] * x[c * together + k];
                move[k] += std::abs(w[c]) * moves[c * together + k];
            }
        for (std::size_t k = 0; k < together; ++k) y[r * together + k] = sum[k], radius[r * together + k] = move[k];
    }
}

struct DenseMap {
    DenseMap() = default;
    explicit DenseMap(const exact::AffineMap& map)
        : rows(map.outputs()), columns(map.inputs()), weight(rows * columns) {
        for (std::size_t r = 0; r < rows; ++r) {
            for (const auto& [column, value] : map.weight.rows[r]) weight[r * columns + column] = value.get_d();
            bias.push_back(map.bias.empty() ? 0 : map.bias[r].get_d());
        }
        size = bias;
        for (double& each : size) each = std::abs(each);
    }

    Enclosed operator()(const Enclosed& x, const Enclosed* residual = nullptr) const {
        const double g = growth(columns + 3);
        std::vector<double> moves(x.middle.size());
        for (std::size_t k = 0; k < moves.size(); ++k) moves[k] = x.radius[k] * (1 + g) + g * std::abs(x.middle[k]);
        Enclosed y(rows);
        weigh(weight.data(), rows, columns, x.middle.data(), moves.data(), y.middle.data(), y.radius.data());
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t k = 0; k < together; ++k)
                finish(r, k, y.middle[r * together + k], y.radius[r * together + k], residual, g, y);
        return y;
    }

    void finish(std::size_t r, std::size_t k, double sum, double move, const Enclosed* residual, double g,
                Enclosed& y) const {
        const std::size_t at = r * together + k;
        double terms = size[r];
        move += static_cast<double>(4 * columns + 16) * lost;
        y.middle[at] = sum + bias[r];
        if (residual != nullptr) {
            y.middle[at] += residual->middle[at];
            terms += std::abs(residual->middle[at]);
            move += residual->radius[at] * (1 + g);
        }
        y.radius[at] = (move + g * terms) * more;
        if (!(std::abs(y.middle[at]) + y.radius[at] < 0x1p90)) y.radius[at] = unknown;
    }

    std::size_t rows = 0, columns = 0;
    std::vector<double> weight, bias, size;
};

struct RoundedHead {
    DenseMap query, key, value;
    double scale = 1;
    std::vector<double> biases;  ///< of the scores of the positions
};

class BinaryWords {
  public:
    BinaryWords(const network::Transformer& model, std::int64_t length)
        : model_(model), n_(model.sequence_length(length)), read_(model.readout_position(n_) - 1) {
        constexpr long bits = 128;
        const network::Attention& attention = *model.layers[0].attention;
        const network::Span seen = network::seen(attention.mask_of(attention.heads[0]), read_ + 1, n_);
        for (std::int64_t j = seen.first; j <= seen.last; ++j) seen_.push_back(j - 1);
        std::size_t means = 0;
        for (const network::Head& head : attention.heads) means += head.value.outputs();
        output_.rows = model.dimension;
        output_.columns = means;
        output_.weight.assign(model.dimension * means, 0);
        output_.bias.assign(model.dimension, 0);
        output_.size = output_.bias;
        std::size_t first = 0;
        for (const network::Head& head : attention.heads) {
            RoundedHead placed{DenseMap(*head.query),
                               DenseMap(*head.key),
                               DenseMap(head.value),
                               network::enclose_scale(attention, head, n_, bits).middle(),
                               {}};
            for (std::int64_t j = 1; j <= n_; ++j)
                placed.biases.push_back(head.bias.enclose({read_ + 1, j, n_, 0}, bits).middle());
            const DenseMap one(head.output);
            for (std::size_t r = 0; r < one.rows; ++r) {
                for (std::size_t c = 0; c < one.columns; ++c)
                    output_.weight[r * means + first + c] = one.weight[r * one.columns + c];
                output_.bias[r] += one.bias[r];
                output_.size[r] += one.size[r];
            }
            first += one.columns;
            heads_.push_back(std::move(placed));
        }
        if (model.layers[0].feedforward)
            for (const exact::AffineMap& map : model.layers[0].feedforward->maps) maps_.emplace_back(map);
        logits_ = DenseMap(model.readout.classes->logits);
        for (std::int64_t p = 0; p < n_; ++p) place_symbols(p, bits);
    }

    /// By how much the class that is wanted leads at least; -infinity where nothing is known.
    std::array<double, together> leads(const std::vector<language::Word>& words,
                                       const std::vector<std::size_t>& wanted) {
        const network::Layer& layer = model_.layers[0];
        const Enclosed x = gather(embedded_[static_cast<std::size_t>(read_)], read_, words);
        Enclosed y = output_(means(words), layer.attention->residual ? &x : nullptr);
        if (!maps_.empty()) {
            Enclosed hidden = y;
            for (std::size_t k = 0; k + 1 < maps_.size(); ++k) {
                hidden = maps_[k](hidden);
                for (double& value : hidden.middle) value = value > 0 ? value : 0;
            }
            y = maps_.back()(hidden, layer.feedforward->residual ? &y : nullptr);
        }
        const Enclosed logits = logits_(y);
        std::array<double, together> least;
        for (std::size_t k = 0; k < together; ++k) least[k] = lead(logits, wanted[k], k);
        return least;
    }

  private:
    static double lead(const Enclosed& logits, std::size_t wanted, std::size_t word) {
        const std::size_t right = wanted * together + word;
        double least = unknown;
        for (std::size_t c = 0; c < logits.entries(); ++c) {
            const std::size_t at = c * together + word;
            const double gap = logits.middle[right] - logits.radius[right] - logits.middle[at] - logits.radius[at] -
                               0x1p-39 * (std::abs(logits.middle[right]) + std::abs(logits.middle[at]));
            if (c != wanted) least = std::isnan(gap) ? -unknown : std::min(least, gap);
        }
        return least;
    }

    bool is_word(std::int64_t p) const { return !(p == 0 && model_.begin) && !(p == n_ - 1 && model_.end); }

    std::size_t symbol_of(const language::Word& word, std::int64_t p) const {
        return is_word(p) ? word[static_cast<std::size_t>(p - (model_.begin ? 1 : 0))] : 0;
    }

    void place_symbols(std::int64_t p, long bits) {
        const exact::BallVector position = network::enclose_position(model_, p + 1, n_, bits);
        std::vector<const exact::Vector*> all;
        if (!is_word(p)) all.push_back(p == 0 && model_.begin ? &model_.begin_embedding : &model_.end_embedding);
        else
            for (const exact::Vector& each : model_.embedding) all.push_back(&each);
        auto& list = embedded_.emplace_back();
        auto& seen = looked_.emplace_back();
        for (std::size_t first = 0; first < all.size(); first += together) {
            Enclosed x(model_.dimension);
            for (std::size_t k = 0; k < together; ++k)
                for (std::size_t c = 0; c < model_.dimension; ++c) {
                    const double e = (*all[std::min(first + k, all.size() - 1)])[c].get_d(), at = position[c].middle();
                    x.middle[c * together + k] = e + at;
                    x.radius[c * together + k] = (growth(3) * (std::abs(e) + std::abs(at)) + 4 * lost) * more;
                }
            auto& by_head = seen.emplace_back();
            for (const RoundedHead& head : heads_)
                by_head.push_back({p == read_ ? head.query(x) : Enclosed(), head.key(x), head.value(x)});
            list.push_back(std::move(x));
        }
    }

    Enclosed gather(const std::vector<Enclosed>& of, std::int64_t p, const std::vector<language::Word>& words) const {
        Enclosed result(of[0].entries());
        for (std::size_t k = 0; k < together; ++k) {
            const std::size_t symbol = symbol_of(words[k], p), column = symbol % together;
            const Enclosed& from = of[symbol / together];
            for (std::size_t r = 0; r < result.entries(); ++r) {
                result.middle[r * together + k] = from.middle[r * together + column];
                result.radius[r * together + k] = from.radius[r * together + column];
            }
        }
        return result;
    }

    struct Looked {
        Enclosed query, key, value;
    };

    const Looked& looked(const language::Word& word, std::int64_t p, std::size_t head) const {
        return looked_[static_cast<std::size_t>(p)][symbol_of(word, p) / together][head];
    }

    Enclosed means(const std::vector<language::Word>& words) const {
        Enclosed result(output_.columns);
        std::size_t first = 0;
        for (std::size_t h = 0; h < heads_.size(); ++h) {
            for (std::size_t k = 0; k < together; ++k) mean(words[k], k, h, first, result);
            first += heads_[h].value.rows;
        }
        return result;
    }

    /// Of one head on one word.
    void mean(const language::Word& word, std::size_t k, std::size_t h, std::size_t first, Enclosed& result) const {
        const RoundedHead& head = heads_[h];
        const double g = growth(head.key.rows + 5), scale = std::abs(head.scale);
        const Enclosed& query = looked(word, read_, h).query;
        const std::size_t asks = symbol_of(word, read_) % together;
        std::vector<double> scores;
        double most_moved = 0, largest = 0, greatest = -unknown, total = 0;
        for (const std::int64_t j : seen_) {
            const Enclosed& key = looked(word, j, h).key;
            const std::size_t asked = symbol_of(word, j) % together;
            double score = 0, moved = 0, size = 0;
            for (std::size_t r = 0; r < head.key.rows; ++r) {
                const std::size_t q = r * together + asks, at = r * together + asked;
                score += query.middle[q] * key.middle[at];
                size += std::abs(query.middle[q] * key.middle[at]);
                moved += query.radius[q] * (std::abs(key.middle[at]) + key.radius[at]) +
                         std::abs(query.middle[q]) * key.radius[at];
            }
            const double bias = head.biases[static_cast<std::size_t>(j)];
            score = score * head.scale + bias;
            moved = (scale * moved + g * (scale * (size + moved) + std::abs(bias)) +
                     static_cast<double>(4 * head.key.rows + 16) * lost * (1 + scale)) *
                    more;
            scores.push_back(score);
            most_moved = std::max(most_moved, std::isnan(moved) ? unknown : moved);
            largest = std::max(largest, std::abs(score) + moved);
            greatest = std::max(greatest, score);
        }
        for (double& score : scores) total += score = std::exp(score - greatest);
        const double x = 2 * (most_moved + 2.02 * single * largest + 1.01 * 0x1p-21 + 0x1p-39);
        const auto n = static_cast<double>(scores.size());
        const bool is_known = x <= 1 && largest <= 40;
        const double grown = ((1 + x + x * x) * (1 + growth(2 * scores.size() + 6) + n * 0x1p-30) - 1) * more;
        for (std::size_t r = 0; r < head.value.rows; ++r) {
            double middle = 0, radius = n * 0x1p-60;
            for (std::size_t j = 0; j < scores.size(); ++j) {
                const Enclosed& value = looked(word, seen_[j], h).value;
                const std::size_t at = r * together + symbol_of(word, seen_[j]) % together;
                const double share = scores[j] / total;
                middle += share * value.middle[at];
                radius += share * (grown * std::abs(value.middle[at]) + (1 + grown) * value.radius[at]);
            }
            result.middle[(first + r) * together + k] = middle;
            result.radius[(first + r) * together + k] = is_known ? radius * more : unknown;
        }
    }

    const network::Transformer& model_;
    std::int64_t n_, read_;  ///< read_: from 0
    std::vector<std::int64_t> seen_;
    std::vector<RoundedHead> heads_;
    DenseMap output_, logits_;
    std::vector<DenseMap> maps_;
    std::vector<std::vector<Enclosed>> embedded_;           ///< [position][symbol / 8]
    std::vector<std::vector<std::vector<Looked>>> looked_;  ///< [position][symbol / 8][head]
};

}  // namespace

std::optional<std::string> not_rounded(const network::Transformer& model) {
    if (model.embedding_norm || model.final_norm) return "it has a norm";
    if (!model.readout.classes || model.readout.reading != network::Readout::Reading::one)
        return "it does not answer with a class that is read at one position";
    if (model.layers.size() != 1 || model.layers[0].repeat || !model.layers[0].attention) return "it has not one layer";
    const network::Attention& attention = *model.layers[0].attention;
    if (attention.kind != network::AttentionKind::softmax || attention.rotary || attention.norm ||
        attention.heads.empty())
        return "its attention is not softmax without norm and rotary";
    for (const network::Head& head : attention.heads)
        if (!head.query || attention.mask_of(head) != attention.mask_of(attention.heads[0]))
            return "its heads have not all query and key and one mask";
    if (!model.layers[0].feedforward) return std::nullopt;
    const network::FeedForward& part = *model.layers[0].feedforward;
    if (part.gate || part.norm || part.activation.kind != exact::Activation::Kind::relu)
        return "its feed-forward part is not of ReLU alone";
    return std::nullopt;
}

Rounded hold_rounded(const ClassQuestion& question, const base::Limits& limits,
                     const std::function<void(const std::string&)>& progress) {
    const network::Transformer& model = question.model;
    std::unordered_map<std::string, std::size_t> number;
    for (std::size_t c = 0; c < model.readout.classes->names.size(); ++c) number[model.readout.classes->names[c]] = c;
    BinaryWords evaluate(model, question.length);
    Rounded result;
    language::Word word(static_cast<std::size_t>(question.length), 0);
    for (bool goes_on = true; goes_on;) {
        if ((result.stopped = limits.exceeded())) return result;
        if (progress && result.words % 1024 == 0) progress(fmt::format("{} words in binary32", result.words));
        std::vector<language::Word> words;
        std::vector<std::size_t> wanted;
        for (; words.size() < together && goes_on; goes_on = language::next_word(word, model.alphabet)) {
            const auto found = number.find(question.task.expected(word).back());
            if (found == number.end())
                throw base::UsageError(
                    fmt::format("--task: expected a model with a class for each answer of {}", question.task.name()));
            words.push_back(word);
            wanted.push_back(found->second);
        }
        const std::size_t count = words.size();
        words.resize(together, words[0]);
        wanted.resize(together, wanted[0]);
        const std::array<double, together> leads = evaluate.leads(words, wanted);
        for (std::size_t k = 0; k < count; ++k, ++result.words) {
            if (!(leads[k] > 0)) {
                if (!result.open) result.open = words[k];
                continue;
            }
            if (result.right++ == 0 || leads[k] < result.margin) result.margin = leads[k], result.word = words[k];
        }
    }
    return result;
}

}  // namespace attest::task
