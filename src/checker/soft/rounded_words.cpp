#include "checker/soft/rounded_words.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "checker/doubles/exponential.hpp"
#include "checker/doubles/number.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, section 35: entry by entry, how far an evaluation in binary32 may be from one in doubles. u = 2^-24. A term
// of a sum of m terms in any order passes at most m roundings, one of them of its product, and its weight one before: so it
// has a factor within γ of 1. γ is taken for three roundings more than there are, 3u, which is more than all that doubles
// add (2^-53 for each of at most 2^20 operations is 2^-33) and what weights differ from doubles (2^-50). Sums of radii are
// of numbers that are not negative, so that doubles make a relative error below 2^-30 of them.

namespace attest::checker {
namespace {

constexpr double u32 = 0x1p-24, underflow = 0x1p-126, upwards = 1 + 0x1p-30;
// With no number of the model beyond greatest_entry, and so few heads, rows and positions, sums of the sizes of terms stay
// below 2^111 and those of q . k below 2^98: nothing overflows in any order. Keys add up to less than 2^49.
constexpr double greatest_entry = 0x1p12;
constexpr std::size_t most_heads = 4, most_rows = 4096, most_positions = 65536;
constexpr double greatest_score = 40, greatest_number = 0x1p90, no_bound = std::numeric_limits<double>::infinity();

double gamma32(std::size_t roundings) {
    const double product = static_cast<double>(roundings + 3) * u32;
    return product / (1 - product) * upwards;
}

double double_of(const Interval& x, const char* what) {
    const Number number = number_of(x);
    if (!(number.radius <= 0x1p-50 * std::abs(number.value) + 0x1p-900))
        throw Defect("model.json", std::string("a number of ") + what + " is not near to a double");
    if (!(std::abs(number.value) <= greatest_entry))
        throw Defect("model.json", std::string("a number of ") + what + " is beyond 4096");
    return number.value;
}

[[noreturn]] void refuse_rounded(const std::string& where, const std::string& reason) {
    throw Defect("model.json: " + where, reason);
}

/// y = W x and r = |W| t, of eight columns.
ATTEST_LANES void weigh(const double* w, std::size_t rows, std::size_t columns, const double* x, const double* t,
                        double* y, double* r) {
    for (std::size_t row = 0; row < rows; ++row, w += columns) {
        Lanes sum = {}, size = {};
        for (std::size_t c = 0; c < columns; ++c) {
            sum += w[c] * at(x + c * lanes);
            size += std::abs(w[c]) * at(t + c * lanes);
        }
        at(y + row * lanes) = sum;
        at(r + row * lanes) = size;
    }
}

ATTEST_LANES void exponentials_of(double* x, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        Lanes each = at(x + k * lanes);
        exponential(each);
        at(x + k * lanes) = each;
    }
}

void rectify_rounded(RoundedWords::Vectors& x) {
    for (double& value : x.value) value = value > 0 ? value : 0;
}

}  // namespace

void require_rounded_form(const Model& model) {
    if (model.embedding_norm || model.final_norm) refuse_rounded("norm", "there is a norm");
    if (model.readout.classes.size() < 2) refuse_rounded("readout", "a model with two classes or more was expected");
    if (model.readout.where != Readout::Where::position)
        refuse_rounded("readout.position", "one position was expected");
    if (model.layers.size() != 1) refuse_rounded("layers", "one layer was expected");
    const Layer& layer = model.layers[0];
    if (layer.repeat.literal() != Rational(1)) refuse_rounded("layers[0].repeat", "1 was expected");
    if (!layer.attention || layer.attention->kind != Kind::softmax || layer.attention->rotary || layer.attention->norm)
        refuse_rounded("layers[0].attention", "softmax was expected, without norm and rotary");
    for (const Head& head : layer.attention->heads)
        if (!head.query || head.mask != layer.attention->heads[0].mask)
            refuse_rounded("layers[0].attention.heads", "heads with query and key and one mask were expected");
    for (const Head& head : layer.attention->heads)
        if (head.bias.is_constant() && head.bias.literal() != Rational(0))
            refuse_rounded("layers[0].attention.heads", "a bias that is a constant other than 0");
    if (layer.attention->heads.size() > most_heads)
        refuse_rounded("layers[0].attention.heads", "there are more than four");
    if (layer.attention->heads.empty()) refuse_rounded("layers[0].attention.heads", "there is none");
    if (!layer.feedforward) return;
    const FeedForward& part = *layer.feedforward;
    if (part.gate || part.norm || part.activation != ActivationFunction::relu)
        refuse_rounded("layers[0].feedforward", "ReLU was expected, without gate and norm");
}

RoundedWords::RoundedWords(const SoftInstance& instance, Budget& budget)
    : at_(instance), budget_(budget), read_(instance.readout.front() - 1) {
    const Model& model = *instance.model;
    const Mask mask = model.layers[0].attention->heads[0].mask;
    for (std::size_t j = 0; j < at_.n; ++j)
        if (may_see(mask, read_ + 1, j + 1)) seen_.push_back(j);
    if (at_.n > most_positions) refuse_rounded("position", "there are more than 65536 positions");
    if (seen_.empty()) refuse_rounded("layers[0].attention", "the position that is read sees none");
    place_heads();
    std::size_t inputs = model.dimension;
    for (const SoftMap& map : at_.layers[0].maps) {
        maps_.push_back(rounded(map, inputs));
        inputs = map.rows.size();
    }
    logits_ = rounded(at_.logits, model.dimension);
    place_symbols();
}

RoundedWords::RoundedMap RoundedWords::rounded(const SoftMap& map, std::size_t columns) const {
    if (map.rows.size() > most_rows || columns > most_rows)
        refuse_rounded("layers", "a map has more than 4096 rows or columns");
    RoundedMap result{map.rows.size(), columns, {}, {}, {}};
    budget_.memory(8 * (map.rows.size() + 1), columns);
    result.weight.assign(result.rows * columns, 0);
    for (std::size_t r = 0; r < result.rows; ++r)
        for (const SoftMap::Entry& entry : map.rows[r])
            result.weight[r * columns + entry.column] = double_of(entry.value, "a map");
    for (const Interval& entry : map.bias) {
        result.bias.push_back(double_of(entry, "a bias"));
        result.bias_size.push_back(std::abs(result.bias.back()));
    }
    return result;
}

/// Queries, keys and values of all heads are rows of one map each; outputs one map of all means.
void RoundedWords::place_heads() {
    const std::size_t d = at_.model->dimension;
    SoftMap queries, keys, values;
    const auto join = [](SoftMap& all, const SoftMap& one) {
        all.rows.insert(all.rows.end(), one.rows.begin(), one.rows.end());
        all.bias.insert(all.bias.end(), one.bias.begin(), one.bias.end());
    };
    for (const SoftHead& head : at_.layers[0].heads) {
        RoundedHead placed{keys.rows.size(),
                           head.key->rows.size(),
                           values.rows.size(),
                           head.value.rows.size(),
                           double_of(head.scale, "a scale"),
                           {}};
        for (std::size_t j = 0; j < at_.n; ++j)
            placed.biases.push_back(head.biases ? double_of((*head.biases)[read_ * at_.n + j], "a score's bias") : 0);
        join(queries, *head.query);
        join(keys, *head.key);
        join(values, head.value);
        heads_.push_back(std::move(placed));
    }
    queries_ = rounded(queries, d);
    keys_ = rounded(keys, d);
    values_ = rounded(values, d);
    output_ = {d, values.rows.size(), std::vector<double>(d * values.rows.size(), 0), std::vector<double>(d, 0),
               std::vector<double>(d, 0)};
    for (std::size_t h = 0; h < heads_.size(); ++h) {
        const RoundedMap one = rounded(at_.layers[0].heads[h].output, heads_[h].dv);
        for (std::size_t r = 0; r < d; ++r) {
            for (std::size_t c = 0; c < one.columns; ++c)
                output_.weight[r * output_.columns + heads_[h].values + c] = one.weight[r * one.columns + c];
            output_.bias[r] += one.bias[r];
            output_.bias_size[r] += one.bias_size[r];
        }
    }
}

std::size_t RoundedWords::symbol_at(const Word& word, std::size_t position) const {
    return at_.is_word(position + 1) ? word[position - at_.begin.size()] : 0;
}

RoundedWords::Vectors RoundedWords::embedded(std::size_t position, std::size_t first) const {
    const std::vector<Intervals>& all = position < at_.begin.size() ? at_.begin
                                        : at_.is_word(position + 1) ? at_.symbols
                                                                    : at_.end;
    const std::size_t d = at_.model->dimension;
    Vectors result(d);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const Intervals& symbol = all[std::min(first + lane, all.size() - 1)];
        for (std::size_t c = 0; c < d; ++c) {
            const Number sum = number_of(symbol[c] + at_.position[position][c]);
            const double size =
                std::abs(number_of(symbol[c]).value) + std::abs(number_of(at_.position[position][c]).value);
            if (!(size <= 2 * greatest_entry)) refuse_rounded("embedding", "a number is beyond 4096");
            result.value[c * lanes + lane] = sum.value;
            result.radius[c * lanes + lane] = (sum.radius + gamma32(2) * size + 4 * underflow) * upwards;
        }
    }
    return result;
}

void RoundedWords::place_symbols() {
    const std::size_t d = at_.model->dimension;
    for (std::size_t p = 0; p < at_.n; ++p) {
        const std::size_t count = at_.is_word(p + 1) ? at_.symbols.size() : 1;
        budget_.memory(16 * (count + lanes), d + keys_.rows + values_.rows + (p == read_ ? queries_.rows : 0));
        budget_.step(count + lanes, 3 * d * (keys_.rows + values_.rows + queries_.rows));
        for (auto* list : {&symbols_, &symbol_queries_, &symbol_keys_, &symbol_values_}) list->emplace_back();
        for (std::size_t first = 0; first < count; first += lanes) {
            symbols_[p].push_back(embedded(p, first));
            const Vectors& x = symbols_[p].back();
            symbol_queries_[p].push_back(p == read_ ? apply(queries_, x, nullptr) : Vectors());
            symbol_keys_[p].push_back(apply(keys_, x, nullptr));
            symbol_values_[p].push_back(apply(values_, x, nullptr));
        }
    }
}

/// W x + b, or with a residual, as a sum in any order.
RoundedWords::Vectors RoundedWords::apply(const RoundedMap& map, const Vectors& x, const Vectors* residual) {
    const double gamma = gamma32(map.columns + 3);
    std::vector<double> moved(x.value.size());
    for (std::size_t k = 0; k < moved.size(); ++k) moved[k] = x.radius[k] * (1 + gamma) + gamma * std::abs(x.value[k]);
    Vectors y(map.rows);
    weigh(map.weight.data(), map.rows, map.columns, x.value.data(), moved.data(), y.value.data(), y.radius.data());
    const double lost = static_cast<double>(4 * map.columns + 16) * underflow;
    for (std::size_t r = 0; r < map.rows; ++r)
        for (std::size_t k = r * lanes; k < (r + 1) * lanes; ++k) {
            double terms = map.bias_size[r], radius = y.radius[k] + lost;
            y.value[k] += map.bias[r];
            if (residual != nullptr) {
                y.value[k] += residual->value[k];
                terms += std::abs(residual->value[k]);
                radius += residual->radius[k] * (1 + gamma);
            }
            y.radius[k] = (radius + gamma * terms) * upwards;
            if (!(std::abs(y.value[k]) + y.radius[k] < greatest_number)) y.radius[k] = no_bound;
        }
    return y;
}

RoundedWords::Vectors RoundedWords::gathered(const std::vector<std::vector<Vectors>>& of, std::size_t position,
                                             const std::array<Word, lanes>& words) const {
    Vectors result(of[position].front().rows);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::size_t symbol = symbol_at(words[lane], position);
        const Vectors& from = of[position][symbol / lanes];
        for (std::size_t r = 0; r < result.rows; ++r) {
            result.value[r * lanes + lane] = from.value[r * lanes + symbol % lanes];
            result.radius[r * lanes + lane] = from.radius[r * lanes + symbol % lanes];
        }
    }
    return result;
}

/// The means of all heads.
RoundedWords::Vectors RoundedWords::look(const std::array<Word, lanes>& words) {
    const std::size_t n = seen_.size();
    const Vectors query = gathered(symbol_queries_, read_, words);
    std::vector<Vectors> keys, values;
    for (const std::size_t j : seen_) {
        keys.push_back(gathered(symbol_keys_, j, words));
        values.push_back(gathered(symbol_values_, j, words));
    }
    Vectors means(values_.rows);
    std::vector<double> weights(n * lanes), moves(lanes), sizes(lanes), most(lanes);
    for (const RoundedHead& head : heads_) {
        std::fill(moves.begin(), moves.end(), 0);
        std::fill(sizes.begin(), sizes.end(), 0);
        std::fill(most.begin(), most.end(), -no_bound);
        const double gamma = gamma32(head.dk + 5), scale = std::abs(head.scale);
        for (std::size_t j = 0; j < n; ++j)
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                double score = 0, move = 0, size = 0;
                for (std::size_t r = 0; r < head.dk; ++r) {
                    const std::size_t k = (head.keys + r) * lanes + lane;
                    const double q = std::abs(query.value[k]), key = std::abs(keys[j].value[k]);
                    score += query.value[k] * keys[j].value[k];
                    move += query.radius[k] * (key + keys[j].radius[k]) + q * keys[j].radius[k];
                    size += q * key;
                }
                const double bias = head.biases[seen_[j]];
                score = score * head.scale + bias;
                move = (scale * move + gamma * (scale * (size + move) + std::abs(bias)) +
                        static_cast<double>(4 * head.dk + 16) * underflow * (1 + scale) + 0x1p-70) *
                       upwards;
                weights[j * lanes + lane] = score;
                moves[lane] = std::max(moves[lane], move);
                sizes[lane] = std::max(sizes[lane], std::abs(score) + move);
                most[lane] = std::max(most[lane], score);
                if (!(move < greatest_number)) moves[lane] = no_bound;
            }
        for (std::size_t k = 0; k < weights.size(); ++k) weights[k] -= most[k % lanes];
        exponentials_of(weights.data(), n);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            double total = 0;
            for (std::size_t j = 0; j < n; ++j) total += weights[j * lanes + lane];
            // Each exponent is within theta of the true one, weights within a factor e^(2 theta) of theirs.
            const double theta = moves[lane] + 2.02 * u32 * sizes[lane] + 1.01 * 0x1p-21 + 0x1p-40, x = 2 * theta;
            const bool is_known = x <= 1 && sizes[lane] <= greatest_score;
            const double rounding = gamma32(2 * n + 6) + static_cast<double>(n) * 0x1p-30;
            const double kappa = is_known ? ((1 + x + x * x) * (1 + rounding) - 1) * upwards : no_bound;
            for (std::size_t r = 0; r < head.dv; ++r) {
                const std::size_t k = (head.values + r) * lanes + lane;
                double mean = 0, radius = 0;
                for (std::size_t j = 0; j < n; ++j) {
                    const double share = weights[j * lanes + lane] / total;
                    mean += share * values[j].value[k];
                    radius += share * (kappa * std::abs(values[j].value[k]) + (1 + kappa) * values[j].radius[k]);
                }
                means.value[k] = mean;
                means.radius[k] = is_known ? (radius + static_cast<double>(n) * 0x1p-60) * upwards : no_bound;
            }
        }
    }
    return means;
}

std::array<double, lanes> RoundedWords::least_leads(const std::array<Word, lanes>& words,
                                                    const std::array<std::size_t, lanes>& wanted) {
    const Layer& layer = at_.model->layers[0];
    std::uint64_t cost = output_.weight.size() + logits_.weight.size();
    for (const RoundedMap& map : maps_) cost += map.weight.size();
    budget_.step(2 * cost + 4 * lanes * seen_.size() * (keys_.rows + values_.rows));
    const Vectors x = gathered(symbols_, read_, words);
    Vectors y = apply(output_, look(words), layer.attention->residual ? &x : nullptr);
    if (!maps_.empty()) {
        Vectors hidden = y;
        for (std::size_t k = 0; k < maps_.size(); ++k) {
            const bool is_last = k + 1 == maps_.size();
            hidden = apply(maps_[k], hidden, is_last && layer.feedforward->residual ? &y : nullptr);
            if (!is_last) rectify_rounded(hidden);
        }
        y = std::move(hidden);
    }
    const Vectors logits = apply(logits_, y, nullptr);
    std::array<double, lanes> least;
    least.fill(no_bound);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const std::size_t right = wanted[lane] * lanes + lane;
        for (std::size_t c = 0; c < logits.rows; ++c) {
            const std::size_t k = c * lanes + lane;
            if (c == wanted[lane]) continue;
            const double lead = (logits.value[right] - logits.radius[right]) - (logits.value[k] + logits.radius[k]);
            const double lost = 0x1p-40 * (std::abs(logits.value[right]) + std::abs(logits.value[k]));
            least[lane] = std::isnan(lead) ? -no_bound : std::min(least[lane], lead - lost);
        }
    }
    return least;
}

}  // namespace attest::checker
