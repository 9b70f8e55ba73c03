// All choices of how often each symbol occurs in each class of positions.
//
// Statement. A class of size m is filled with k symbols in C(m + k − 1, k − 1) ways that differ in their counts, and
// the words with given counts are the product over classes of multinomial coefficients, formed here as products of
// binomial ones.

#include "attest/soft/symmetry.hpp"

namespace attest::soft {

namespace {

/// Fills the classes one after the other, each with every choice of counts.
class Filling {
  public:
    Filling(const Classes& classes, std::size_t symbols, std::int64_t length,
            const std::function<bool(const language::Word&, const mpz_class&)>& visit)
        : classes_(classes), symbols_(symbols), visit_(visit), word_(static_cast<std::size_t>(length), 0) {}

    void run() { fill(0, 0, 0, 1); }

  private:
    /// The positions of a class from `at` on get symbols from `symbol` on; `ways`: so many words are like this.
    bool fill(std::size_t which, std::size_t at, std::size_t symbol, const mpz_class& ways) {
        if (which == classes_.size()) return visit_(word_, ways);
        const auto& positions = classes_[which];
        const std::size_t left = positions.size() - at;
        if (symbol + 1 == symbols_) {
            put(positions, at, positions.size(), symbol);
            return fill(which + 1, 0, 0, ways);
        }
        mpz_class choose = 1;
        for (std::size_t count = 0; count <= left; ++count) {
            put(positions, at, at + count, symbol);
            if (!fill(which, at + count, symbol + 1, ways * choose)) return false;
            choose = choose * static_cast<unsigned long>(left - count) / static_cast<unsigned long>(count + 1);
        }
        return true;
    }
    void put(const std::vector<std::int64_t>& positions, std::size_t from, std::size_t to, std::size_t symbol) {
        for (std::size_t k = from; k < to; ++k)
            word_[static_cast<std::size_t>(positions[k])] = static_cast<language::Symbol>(symbol);
    }

    const Classes& classes_;
    std::size_t symbols_;
    const std::function<bool(const language::Word&, const mpz_class&)>& visit_;
    language::Word word_;
};

}  // namespace

std::optional<std::uint64_t> count_fillings(const Classes& classes, std::size_t symbols, std::uint64_t limit) {
    mpz_class product = 1;
    for (const auto& positions : classes) {
        mpz_class ways;
        mpz_bin_uiui(ways.get_mpz_t(), positions.size() + symbols - 1, symbols - 1);
        product *= ways;
        if (product > static_cast<unsigned long>(limit)) return std::nullopt;
    }
    return product.get_ui();
}

void for_each_filling(const Classes& classes, std::size_t symbols, std::int64_t length,
                      const std::function<bool(const language::Word&, const mpz_class&)>& visit) {
    Filling(classes, symbols, length, visit).run();
}

}  // namespace attest::soft
