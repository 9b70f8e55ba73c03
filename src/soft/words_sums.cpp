// Sums of a softmax head for all words of a batch, symbol by symbol.
//
// Statement. In the columns of a batch the first free symbol changes fastest. So the sums of the words of which only the first t
// free symbols vary are a row of |Σ|^t numbers, from which the next |Σ|^(t+1) come by adding, for each choice of symbol t, what it
// adds. If the query depends on a symbol, too, this is done for each choice of it with all others, and the columns are put
// where that choice stands.
//
// A sum has one term for each position that is seen, as if it were worked out for the word alone; only its order is another
// (words_bounds.hpp has every order). The greatest score is that of all choices, not that of the word.

#include "words_sums.hpp"

#include <algorithm>

namespace attest::soft::words {

Choices::Choices(const Columns& columns, std::size_t symbols) {
    if (columns.period > 1 && columns.span.first != columns.span.last) return;
    count = columns.period > 1 ? symbols : 1;
    if (count == 1) return;
    step = columns.period / symbols;
    digit = 0;
    for (std::size_t width = step; width > 1; width /= symbols) ++digit;
}

void SymbolTable::read(const ReadRows& rows, const std::vector<const Columns*>& seen,
                       const std::vector<const Columns*>& squares, std::size_t symbols) {
    dk_ = rows.dk;
    rows_ = rows.dv + 2;
    key_square_ = value_square_ = 0;
    places_.assign(seen.size(), {});
    keys_.clear();
    values_.clear();
    std::size_t next = 0;
    for (std::size_t j = 0; j < seen.size(); ++j) {
        if (seen[j] == nullptr) continue;
        const Choices choices(*seen[j], symbols);
        places_[j] = {choices, next};
        next += choices.count;
        for (std::size_t b = 0; b < choices.count; ++b) {
            const double* const from = seen[j]->values.data() + b * choices.step;
            const double* const square = squares[j]->values.data() + b * choices.step;
            for (std::size_t r = 0; r < rows.dk; ++r) keys_.push_back(from[(rows.key + r) * seen[j]->stride]);
            for (std::size_t r = 0; r < rows.dv; ++r) values_.push_back(from[(rows.value + r) * seen[j]->stride]);
            const double key = square[rows.key_square * squares[j]->stride],
                         value = square[rows.value_square * squares[j]->stride];
            values_.push_back(value);
            values_.push_back(1);
            // Of what is no number nothing is known.
            key_square_ = key <= key_square_ ? key_square_ : key == key ? key : infinite;
            value_square_ = value <= value_square_ ? value_square_ : value == value ? value : infinite;
        }
    }
}

/// The weights of all that may be seen by one query; false if a score is too far below the greatest, or is no number.
bool SymbolSums::weigh(const SymbolTable& table, const Range& seen, const double* bias, In query) {
    query_.resize(table.dk());
    for (std::size_t r = 0; r < query_.size(); ++r) query_[r] = query.data[r * query.stride];
    weights_.clear();
    for (std::size_t j = seen.first; j < seen.second; ++j)
        for (std::size_t b = 0; b < table.choices(j).count; ++b) {
            const double* const key = table.key(j, b);
            double score = bias[j - seen.first];
            for (std::size_t r = 0; r < query_.size(); ++r) score += query_[r] * key[r];
            weights_.push_back(score);
        }
    const double most = *std::max_element(weights_.begin(), weights_.end());
    for (double& score : weights_) {
        score -= most;
        if (!(score >= -most_apart)) return false;
    }
    weights_.resize(rounded_up(weights_.size(), tile), 0);
    for (std::size_t k = 0; k < weights_.size(); k += tile) kernels_.exp(&weights_[k], &weights_[k]);
    return true;
}

/// The symbol on which the query depends has a place among what always is added, by its choice.
void SymbolSums::tabulate(const SymbolTable& table, const Range& seen, const Choices& query, std::size_t choice,
                          std::size_t symbols) {
    added_.assign((1 + digits_ * symbols) * rows_, 0);
    const double* weight = weights_.data();
    for (std::size_t j = seen.first; j < seen.second; ++j) {
        const Choices& choices = table.choices(j);
        const bool asks = choices.count > 1 && choices.digit == query.digit;
        for (std::size_t b = 0; b < choices.count; ++b, ++weight) {
            if (asks && b != choice) continue;
            const std::size_t digit = choices.digit - (choices.digit > query.digit ? 1 : 0);
            const std::size_t place = asks || choices.count == 1 ? 0 : 1 + digit * symbols + b;
            const double* const value = table.value(j, b);
            for (std::size_t r = 0; r < rows_; ++r) added_[place * rows_ + r] += *weight * value[r];
        }
    }
}

void SymbolSums::add_up(std::size_t symbols) {
    for (std::size_t r = 0; r < rows_; ++r) part_[r * stride_] = added_[r];
    std::size_t width = 1;
    for (std::size_t t = 0; t < digits_; ++t, width *= symbols) {
        kernels_.add_symbol(
            {&added_[(1 + t * symbols) * rows_], rows_, symbols, width, part_.data(), next_.data(), stride_});
        std::swap(part_, next_);
    }
}

bool SymbolSums::find(const SymbolTable& table, const Range& seen, const double* bias, const Columns& query,
                      std::size_t query_row, std::size_t symbols, std::size_t period) {
    const Choices asks(query, symbols);
    std::size_t weights = 0;
    for (std::size_t j = seen.first; j < seen.second; ++j) {
        if (table.choices(j).count == 0) return false;
        weights += table.choices(j).count;
    }
    if (asks.count == 0 || 2 * asks.count * weights > period * (seen.second - seen.first)) return false;
    rows_ = table.rows();
    stride_ = rounded_up(period, tile) + 2 * tile;
    digits_ = asks.count > 1 ? std::size_t{0} - 1 : 0;
    for (std::size_t width = period; width > 1; width /= symbols) ++digits_;
    for (AlignedDoubles* room : {&part_, &next_, &sums_})
        if (room->size() < rows_ * stride_) room->resize(rows_ * stride_);
    for (std::size_t a = 0; a < asks.count; ++a) {
        if (!weigh(table, seen, bias, {query.values.data() + query_row * query.stride + a * asks.step, query.stride}))
            return false;
        tabulate(table, seen, asks, a, symbols);
        add_up(symbols);
        if (asks.count == 1) std::swap(part_, sums_);
        else
            kernels_.put_apart(
                {part_.data(), rows_, asks.step, asks.step * symbols, period, sums_.data() + a * asks.step, stride_});
    }
    for (std::size_t r = 0; r < rows_; ++r)  // what a tile may read beyond the end
        for (std::size_t c = period; c < stride_; ++c) sums_[r * stride_ + c] = sums_[r * stride_ + c - period];
    return true;
}

}  // namespace attest::soft::words
