#include "checker/network/whole_words.hpp"

#include <optional>

#include "checker/network/whole_batch.hpp"

// Which numbers hold all that occurs is known before the first word (whole_model.cpp), so the type is chosen once.

namespace attest::checker {
namespace {

/// So many words at a time, or fewer: what a batch keeps should stay in the processor's caches.
constexpr std::size_t most_digits = 64;  // of 64 bits, in numbers that steps are counted for as if they were small
constexpr std::size_t most_columns = 1024;
constexpr std::size_t most_numbers = std::size_t{1} << 17;

std::size_t free_symbols(const WholeModel& model) {
    std::size_t free = 0, columns = 1;
    const std::size_t rows = model.dimension * model.positions * (1 + model.layers.size());
    while (free < model.letters) {
        columns *= std::max<std::size_t>(model.symbols, 2);
        if (columns > most_columns || (columns > 64 && columns * rows > most_numbers)) break;
        ++free;
    }
    return free;
}

template <typename Number>
class WholeWordsIn : public WholeWords {
  public:
    WholeWordsIn(WholeModel model, std::size_t free, Budget& budget)
        : model_(std::move(model)), free_(free), batch_(model_, free, budget) {}

    bool accepts(const std::vector<std::size_t>& word) override { return batch_.accepts(run(word)); }

    Vector logits(const std::vector<std::size_t>& word) override {
        Vector all;
        for (const mpz_class& numerator : batch_.logits(run(word))) {
            all.emplace_back(numerator, model_.denominator);
            all.back().canonicalize();
        }
        return all;
    }

    bool is_worth_it() const override { return runs_ < 64 || runs_ < words_ / 8; }

  private:
    /// The word's column, once its batch has been evaluated.
    std::size_t run(const std::vector<std::size_t>& word) {
        const auto end = word.begin() + static_cast<std::ptrdiff_t>(word.size() - free_);
        ++words_;
        if (!has_run_ || !std::equal(word.begin(), end, prefix_.begin(), prefix_.end())) {
            prefix_.assign(word.begin(), end);
            batch_.run(prefix_);
            has_run_ = true;
            ++runs_;
        }
        std::size_t column = 0;
        for (std::size_t i = word.size(); i-- > word.size() - free_;) column = column * model_.symbols + word[i];
        return column;
    }

    WholeModel model_;
    std::size_t free_;
    WholeBatch<Number> batch_;
    std::vector<std::size_t> prefix_;
    bool has_run_ = false;
    std::uint64_t words_ = 0, runs_ = 0;
};

}  // namespace

std::unique_ptr<WholeWords> WholeWords::make(const Instance& instance, Budget& budget) {
    std::optional<WholeModel> model = whole_model(instance, budget);
    if (!model) return nullptr;
    const std::size_t free = free_symbols(*model);
    if (free == 0 && model->letters > 0) return nullptr;
    const mpz_class greatest = model->greatest;
    if (holds<std::int64_t>(greatest)) return std::make_unique<WholeWordsIn<std::int64_t>>(*model, free, budget);
    if (holds<Wide>(greatest)) return std::make_unique<WholeWordsIn<Wide>>(*model, free, budget);
    if (mpz_size(greatest.get_mpz_t()) > most_digits) return nullptr;  // rationals draw on the budget by their digits
    return std::make_unique<WholeWordsIn<mpz_class>>(*model, free, budget);
}

}  // namespace attest::checker
