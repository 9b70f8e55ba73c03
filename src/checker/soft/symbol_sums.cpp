#include "checker/soft/symbol_sums.hpp"

#include <algorithm>

#include "checker/doubles/attention_head.hpp"

// The columns of a batch count words, the first free symbol fastest: the sums of all words that have fixed symbols from the
// t-th on are those of the words with one symbol fewer, once for each symbol that may stand there, and what it adds. Where the
// query depends on a symbol, too, the sums are found for each, of all the others, and put where they belong. A sum has as
// many terms as positions are seen, each rounded once, as where it is found word by word (doubles/attention_head.cpp).

namespace attest::checker {

Choices::Choices(const Columns& columns, std::size_t symbols) {
    if (columns.period > 1 && columns.span.first != columns.span.last) return;
    count = columns.period == 1 ? 1 : symbols;
    if (count == 1) return;
    step = columns.period / symbols;
    digit = 0;
    for (std::size_t width = step; width > 1; width /= symbols) ++digit;
}

void SymbolTable::read(const WordHead& head, const std::vector<const Columns*>& seen, std::size_t symbols) {
    dk_ = head.dk;
    rows_ = head.dv + 2;
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
            const ConstRows at = seen[j]->at(b * choices.step);
            double squares = 0;
            for (std::size_t r = 0; r < dk_; ++r) keys_.push_back(*at.row(head.key + r));
            for (std::size_t r = 0; r < head.dv; ++r) {
                const double value = *at.row(head.value + r);
                values_.push_back(value);
                squares += value * value;
            }
            values_.push_back(squares);
            values_.push_back(1);
        }
    }
}

/// From the columns of the words with one symbol fewer. Both have room for a whole number of lanes: what is written beyond the
/// last column of a symbol is overwritten by the next symbol's.
ATTEST_LANES void add_digit(const double* added, std::size_t rows, std::size_t symbols, std::size_t width,
                            const double* from, double* to, std::size_t stride) {
    for (std::size_t symbol = 0; symbol < symbols; ++symbol, added += rows)
        for (std::size_t r = 0; r < rows; ++r) {
            const double* const source = from + r * stride;
            double* const target = to + r * stride + symbol * width;
            for (std::size_t c = 0; c < width; c += lanes) checker::at(target + c) = checker::at(source + c) + added[r];
        }
}

/// The columns of all other symbols, to where one symbol stands at a digit.
ATTEST_LANES void put_apart(const double* from, std::size_t rows, std::size_t step, std::size_t every,
                            std::size_t period, double* to, std::size_t stride) {
    for (std::size_t r = 0; r < rows; ++r) {
        const double* __restrict next = from + r * stride;
        double* __restrict const row = to + r * stride;
        if (step == 1) {
            for (std::size_t c = 0; c < period; c += every) row[c] = *next++;
            continue;
        }
        for (std::size_t c = 0; c < period; c += every, next += step) {
            std::size_t k = 0;
            for (; k + lanes <= step; k += lanes) checker::at(row + c + k) = checker::at(next + k);
            for (; k + 2 <= step; k += 2) row[c + k] = next[k], row[c + k + 1] = next[k + 1];
            for (; k < step; ++k) row[c + k] = next[k];
        }
    }
}

/// Of one query: all scores that there may be, and their weights. True unless they are too far apart.
bool SymbolSums::weigh(const SymbolTable& table, const WordHead& head, std::size_t p, const ConstRows& query) {
    query_.clear();
    for (std::size_t r = 0; r < head.dk; ++r) query_.push_back(*query.row(r));
    weights_.clear();
    for (std::size_t k = 0; k < head.seen[p].size(); ++k)
        for (std::size_t j = head.seen[p][k], b = 0; b < table.choices(j).count; ++b) {
            const double* const key = table.key(j, b);
            double score = head.biases[p].values[k];
            for (std::size_t r = 0; r < head.dk; ++r) score += query_[r] * key[r];
            weights_.push_back(score);
        }
    return weights_of_scores(weights_);
}

/// asking: the digit of which the query has this symbol, and which is not among those that are added.
void SymbolSums::tabulate(const SymbolTable& table, const std::vector<std::size_t>& seen, std::size_t asking,
                          std::size_t at, std::size_t symbols) {
    added_.assign((1 + digits_ * symbols) * rows_, 0);
    const double* weight = weights_.data();
    for (const std::size_t j : seen) {
        const Choices& choices = table.choices(j);
        const bool always = choices.count == 1 || choices.digit == asking;
        for (std::size_t b = 0; b < choices.count; ++b, ++weight) {
            if (choices.count > 1 && always && b != at) continue;
            const std::size_t digit = choices.digit - (choices.digit > asking ? 1 : 0);
            double* const to = added_.data() + (always ? 0 : 1 + digit * symbols + b) * rows_;
            const double* const value = table.value(j, b);
            for (std::size_t r = 0; r < rows_; ++r) to[r] += *weight * value[r];
        }
    }
}

/// Begins with what always is added.
void SymbolSums::add_up(std::size_t symbols) {
    for (std::size_t r = 0; r < rows_; ++r) part_.data()[r * stride_] = added_[r];
    std::size_t width = 1;
    for (std::size_t t = 0; t < digits_; ++t, width *= symbols) {
        add_digit(&added_[(1 + t * symbols) * rows_], rows_, symbols, width, part_.data(), next_.data(), stride_);
        std::swap(part_, next_);
    }
}

bool SymbolSums::find(const SymbolTable& table, const WordHead& head, std::size_t p, const Columns& query,
                      std::size_t symbols, std::size_t period, Budget& budget) {
    const std::vector<std::size_t>& seen = head.seen[p];
    const Choices asking(query, symbols);
    std::size_t weights = 0;
    for (const std::size_t j : seen) {
        if (table.choices(j).count == 0) return false;
        weights += table.choices(j).count;
    }
    // If not by half fewer, then word by word is as fast.
    if (asking.count == 0 || 2 * asking.count * weights > period * seen.size()) return false;
    rows_ = head.dv + 2;
    stride_ = period + tile;
    digits_ = 0;
    for (std::size_t width = period; width > 1; width /= symbols) ++digits_;
    if (asking.count > 1) --digits_;
    budget.step(rows_, stride_);
    budget.step(asking.count * weights, 8 + head.dk + head.dv);
    if (rows_ * stride_ > room_) {
        room_ = rows_ * stride_;
        budget.memory(3 * room_, sizeof(double));
        for (AlignedDoubles* each : {&part_, &next_, &sums_}) *each = AlignedDoubles(room_);
    }
    for (std::size_t a = 0; a < asking.count; ++a) {
        if (!weigh(table, head, p, query.at(a * asking.step).from(head.query))) return false;
        tabulate(table, seen, asking.digit, a, symbols);
        add_up(symbols);
        if (asking.count == 1) std::swap(part_, sums_);
        else
            put_apart(part_.data(), rows_, asking.step, asking.step * symbols, period, sums_.data() + a * asking.step,
                      stride_);
    }
    for (std::size_t r = 0; r < rows_; ++r) {  // a tile may go beyond the end
        double* const row = sums_.data() + r * stride_;
        for (std::size_t c = period; c < stride_; ++c) row[c] = row[c - period];
    }
    return true;
}

}  // namespace attest::checker
