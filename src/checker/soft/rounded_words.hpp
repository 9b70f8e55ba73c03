#pragma once

#include <array>
#include <optional>
#include <vector>

#include "checker/doubles/lanes.hpp"
#include "checker/soft/soft_instance.hpp"

namespace attest::checker {

/// That the model has the form that FORMAT.md section 35 speaks of. Throws Defect (place).
void require_rounded_form(const Model& model);

/// Logits of all evaluations in binary32 of a model of one layer, of eight words at a time.
class RoundedWords {
  public:
    using Word = std::vector<std::size_t>;

    /// Vectors of eight words, and how far any evaluation's may be from them: [row * 8 + word].
    struct Vectors {
        explicit Vectors(std::size_t row_count = 0)
            : rows(row_count), value(row_count * lanes), radius(row_count * lanes) {}

        std::size_t rows;
        std::vector<double> value, radius;
    };

    /// Needs   a model of that form; the instance and the budget outlive this
    /// Throws  Defect: a number that is no double nearly
    RoundedWords(const SoftInstance& instance, Budget& budget);

    /// The least by which the computed logit of a class exceeds each other's, whatever the evaluation; not a number, or
    /// -infinity, where nothing is known.
    std::array<double, lanes> least_leads(const std::array<Word, lanes>& words,
                                          const std::array<std::size_t, lanes>& wanted);

  private:
    struct RoundedMap {
        std::size_t rows = 0, columns = 0;
        std::vector<double> weight, bias, bias_size;  ///< of the bias the sum, and of the sizes of its terms
    };
    struct RoundedHead {
        std::size_t keys = 0, dk = 0, values = 0, dv = 0;
        double scale = 1;
        std::vector<double> biases;  ///< by position
    };

    RoundedMap rounded(const SoftMap& map, std::size_t columns) const;
    void place_heads();
    void place_symbols();
    Vectors embedded(std::size_t position, std::size_t first) const;
    static Vectors apply(const RoundedMap& map, const Vectors& x, const Vectors* residual);
    Vectors look(const std::array<Word, lanes>& words);
    std::size_t symbol_at(const Word& word, std::size_t position) const;
    Vectors gathered(const std::vector<std::vector<Vectors>>& of, std::size_t position,
                     const std::array<Word, lanes>& words) const;

    const SoftInstance& at_;
    Budget& budget_;
    std::size_t read_ = 0;  ///< position, from 0
    std::vector<std::size_t> seen_;
    RoundedMap queries_, keys_, values_, output_, logits_;
    std::vector<RoundedMap> maps_;
    std::vector<RoundedHead> heads_;
    /// [position][symbol / 8], eight symbols each; begin and end stand for eight alike.
    std::vector<std::vector<Vectors>> symbols_, symbol_queries_, symbol_keys_, symbol_values_;
};

}  // namespace attest::checker
