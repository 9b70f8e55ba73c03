#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "programs/machines/subleq.hpp"

namespace attest::machines::tests {

/// The network of FORMAT.md, section 29.2, as a matrix of doubles on which each layer acts on all columns: attention over
/// all of them, masks as they stand there, residuals and all.
class DenseLoop {
  public:
    using Column = std::vector<double>;

    DenseLoop(const SubleqProgram& program, double temperature, double snap)
        : p_(program), lambda_(temperature), snap_(snap), l_(program.shape.code_bits()), n_(program.shape.bits) {
        width_ = std::max(3 * l_, 2 * n_);
        c_ = 0, m_ = 3 * l_, r_ = m_ + n_, x_ = r_ + 3 * l_, y_ = x_ + n_, pc_ = y_ + n_, z_ = pc_ + l_, b_ = z_ + l_,
        g_ = b_ + width_;
        columns_.assign(p_.shape.columns(), Column(g_ + 1));
        const std::size_t cells = p_.shape.scratch, first = cells + p_.shape.memory;
        for (std::size_t j = 1; j < columns_.size(); ++j) put_code(j, z_, j);
        for (std::size_t k = 0; k < p_.memory.size(); ++k)
            for (std::size_t i = 0; i < n_; ++i) columns_[cells + k][m_ + i] = word_bit(p_.memory[k], i);
        for (std::size_t k = 0; k < p_.commands.size(); ++k) {
            put_code(first + k, c_, cells + p_.commands[k].a);
            put_code(first + k, c_ + l_, cells + p_.commands[k].b);
            put_code(first + k, c_ + 2 * l_, first + p_.commands[k].c);
        }
        put_code(0, pc_, first);
        columns_[0][g_] = 1;
    }

    void loop() {
        attend({pc_, z_}, {{c_, b_, 3 * l_}, {r_, b_, 3 * l_}});
        each([&](Column& v) {
            for (std::size_t k = 0; k < 3 * l_; ++k) v[r_ + k] += masked(2 * v[b_ + k] - 2 * v[r_ + k], v[g_] - 1);
            clear(v, b_, width_);
        });
        read_words();
        each([&](Column& v) { compute(v); });
        attend({r_ + l_, z_}, {{m_, b_, n_}, {y_, b_, n_}});
        each([&](Column& v) {
            for (std::size_t i = 0; i < n_; ++i) v[m_ + i] += masked(2 * v[b_ + i] - 2 * v[m_ + i], -v[g_]);
            clear(v, b_, width_);
        });
        each([&](Column& v) { branch(v); });
        each([&](Column& v) {
            clear(v, x_, n_);
            clear(v, y_, n_);
            clear(v, b_, width_);
            for (const auto& [at, count] : {std::pair{m_, n_}, std::pair{pc_, l_}, std::pair{r_, 3 * l_}})
                for (std::size_t k = 0; k < count; ++k) v[at + k] = pulled(v[at + k]);
        });
    }

    std::vector<std::int64_t> memory() const {
        std::vector<std::int64_t> words;
        for (std::size_t k = 0; k < p_.memory.size(); ++k) {
            std::int64_t word = 0;
            for (std::size_t i = 0; i < n_; ++i)
                if (columns_[p_.shape.scratch + k][m_ + i] > 0) word += (i + 1 == n_ ? -1 : 1) * (std::int64_t{1} << i);
            words.push_back(word);
        }
        return words;
    }
    /// A number that is none where the program counter is not of −1 and 1.
    std::size_t command() const {
        std::size_t column = 0;
        for (std::size_t k = 0; k < l_; ++k) {
            if (std::fabs(std::fabs(columns_[0][pc_ + k]) - 1) > 1e-9) return SIZE_MAX;
            if (columns_[0][pc_ + k] > 0) column += std::size_t{1} << k;
        }
        return column - p_.shape.scratch - p_.shape.memory;
    }

  private:
    struct Copy {
        std::size_t from, to, count;
    };

    static double relu(double x) { return std::max(0.0, x); }
    /// x where the mask is 0, and 0 where it is −1.
    static double masked(double x, double mask) { return relu(x + 100 * mask) - relu(-x + 100 * mask); }
    static void clear(Column& v, std::size_t at, std::size_t count) {
        std::fill_n(v.begin() + static_cast<std::ptrdiff_t>(at), count, 0.0);
    }
    void put_code(std::size_t column, std::size_t row, std::size_t number) {
        for (std::size_t k = 0; k < l_; ++k) columns_[column][row + k] = code_bit(number, k);
    }
    template <typename Map>
    void each(const Map& map) {
        for (Column& v : columns_) map(v);
    }

    /// Every column adds the mean of what others copy, weighted by the softmax of the products of two sums of rows.
    std::vector<Column> added_by(const std::pair<std::size_t, std::size_t>& rows,
                                 const std::vector<Copy>& copies) const {
        std::vector<Column> added(columns_.size(), Column(g_ + 1));
        const auto key = [&](std::size_t j, std::size_t k) {
            return columns_[j][rows.first + k] + columns_[j][rows.second + k];
        };
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            std::vector<double> score(columns_.size());
            for (std::size_t j = 0; j < columns_.size(); ++j)
                for (std::size_t k = 0; k < l_; ++k) score[j] += lambda_ * key(i, k) * key(j, k);
            const double top = *std::max_element(score.begin(), score.end());
            double total = 0;
            for (double& s : score) total += s = std::exp(s - top);
            for (std::size_t j = 0; j < columns_.size(); ++j)
                for (const Copy& copy : copies)
                    for (std::size_t k = 0; k < copy.count; ++k)
                        added[i][copy.to + k] += score[j] / total * columns_[j][copy.from + k];
        }
        return added;
    }
    void add(const std::vector<Column>& added) {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            for (std::size_t k = 0; k <= g_; ++k) columns_[i][k] += added[i][k];
    }
    void attend(const std::pair<std::size_t, std::size_t>& rows, const std::vector<Copy>& copies) {
        add(added_by(rows, copies));
    }

    void read_words() {
        const auto first = added_by({r_, z_}, {{m_, b_, n_}, {x_, b_, n_}});
        const auto second = added_by({r_ + l_, z_}, {{m_, b_ + n_, n_}, {y_, b_ + n_, n_}});
        add(first);
        add(second);
        each([&](Column& v) {
            for (std::size_t i = 0; i < n_; ++i) {
                v[x_ + i] += masked(2 * v[b_ + i] - 2 * v[x_ + i], v[g_] - 1);
                v[y_ + i] += masked(2 * v[b_ + n_ + i] - 2 * v[y_ + i], v[g_] - 1);
            }
            clear(v, b_, width_);
        });
    }

    /// Of sums up to each bit, where the mask is 0; else 0.
    std::vector<double> bump(const std::vector<double>& sums, double g) const {
        std::vector<double> result;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const double place = std::ldexp(1.0, static_cast<int>(i)),
                         mask = 16 * std::ldexp(1.0, static_cast<int>(n_)) * (g - 1);
            const double s = sums[i];
            const double c = relu(s - place + 1 + mask) - relu(s - place + mask) + relu(2 * place - s + mask) -
                             relu(2 * place - s - 1 + mask) + relu(s - 3 * place + 1 + mask) -
                             relu(s - 3 * place + mask);
            result.push_back(2 * c - 3 * g);
        }
        return result;
    }
    std::vector<double> sums(const Column& v, const std::vector<std::size_t>& rows, std::size_t count,
                             double carry) const {
        std::vector<double> result;
        double sum = carry;
        for (std::size_t i = 0; i < count; ++i) {
            for (const std::size_t row : rows) sum += std::ldexp(0.5, static_cast<int>(i)) * (v[row + i] + 1);
            result.push_back(sum);
        }
        return result;
    }
    static void put(Column& v, std::size_t row, const std::vector<double>& values) {
        std::copy(values.begin(), values.end(), v.begin() + static_cast<std::ptrdiff_t>(row));
    }

    /// Layers 3 to 5.
    void compute(Column& v) const {
        for (std::size_t i = 0; i < n_; ++i) v[x_ + i] = 2 * relu(-v[x_ + i] + 100 * (v[g_] - 1)) - v[g_];
        put(v, x_, bump(sums(v, {x_}, n_, 1), v[g_]));
        put(v, y_, bump(sums(v, {x_, y_}, n_, 0), v[g_]));
    }

    /// Layers 7 to 9.
    void branch(Column& v) const {
        double all = 0;
        for (std::size_t i = 0; i < n_; ++i) all += v[y_ + i];
        const double flag = relu(v[y_ + n_ - 1]) + relu(-all - static_cast<double>(n_) + 1);
        const std::vector<double> after = bump(sums(v, {pc_}, l_, 1), v[g_]);
        for (std::size_t k = 0; k < l_; ++k) {
            const double jump = v[r_ + 2 * l_ + k], mask = 100 * (v[g_] - 1);
            v[pc_ + k] = relu(jump - 1 + flag + mask) - relu(-jump - 1 + flag + mask) + relu(after[k] - flag + mask) -
                         relu(-after[k] - flag + mask);
        }
    }

    double pulled(double v) const {
        return (relu(v + 1 - snap_) - relu(v + snap_) + relu(v - snap_) - relu(v - 1 + snap_)) / (1 - 2 * snap_) - 1;
    }

    const SubleqProgram& p_;
    double lambda_, snap_;
    std::size_t l_, n_, width_ = 0, c_ = 0, m_ = 0, r_ = 0, x_ = 0, y_ = 0, pc_ = 0, z_ = 0, b_ = 0, g_ = 0;
    std::vector<Column> columns_;
};

}  // namespace attest::machines::tests
