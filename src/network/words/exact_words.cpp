#include "network/words/exact_words.hpp"

#include "attest/base/error.hpp"
#include "attest/network/at_length.hpp"
#include "network/features.hpp"
#include "network/words/batch.hpp"

namespace attest::network {

namespace {

using namespace words;

constexpr std::size_t most_columns = 256;
constexpr double most_numbers = 1 << 22;  // of a batch: between two looks at the clock

bool is_known(const Transformer& t) {
    if (t.kind() == AttentionKind::softmax || t.readout.reading == Readout::Reading::each) return false;
    for (const Layer& layer : t.layers)
        if (layer.feedforward && layer.feedforward->maps.empty()) return false;
    return true;
}

std::size_t free_symbols(const IntegerModel& model) {
    std::size_t free = 0, columns = 1;
    while (free < model.letters && columns * model.symbols <= most_columns &&
           static_cast<double>(columns * model.symbols) * model.numbers <= most_numbers) {
        columns *= model.symbols;
        ++free;
    }
    return free;
}

/// One width of numbers: tried as long as it serves.
template <typename Number>
struct Tier {
    std::optional<Batch<Number>> batch;
    std::uint64_t tried = 0, overflowed = 0;

    /// Whether it is worth being tried: it has not failed more often than it has served.
    bool serves() const { return batch && batch->fits() && 2 * overflowed <= tried + 1; }
    bool run(const std::vector<std::uint32_t>& prefix) {
        ++tried;
        const bool fits = batch->run(prefix);
        if (!fits) ++overflowed;
        return fits;
    }
};

}  // namespace

class ExactWords::Implementation {
  public:
    Implementation(IntegerModel model, bool decides)
        : model_(std::move(model)), decides_(decides), free_(free_symbols(model_)) {}

    bool accepts(const language::Word& word) {
        require_decisions();
        return with_logits<bool>(word, [&](const auto& logits, std::size_t column) {
            if (model_.accept.empty()) return logits.row(0)[column] > 0;
            std::size_t answer = 0;
            for (std::size_t c = 1; c < logits.rows; ++c)
                if (logits.row(c)[column] > logits.row(answer)[column]) answer = c;
            return static_cast<bool>(model_.accept[answer]);
        });
    }

    exact::Vector logits(const language::Word& word) {
        return with_logits<exact::Vector>(word, [&](const auto& logits, std::size_t column) {
            exact::Vector all;
            for (std::size_t c = 0; c < logits.rows; ++c) {
                all.emplace_back(widened(logits.row(c)[column]), model_.denominator);
                all.back().canonicalize();
            }
            return all;
        });
    }

    exact::Rational score(const language::Word& word) {
        require_decisions();
        return with_logits<exact::Rational>(word, [&](const auto& logits, std::size_t column) {
            mpz_class score = widened(logits.row(0)[column]);
            if (!model_.accept.empty()) score = greatest(logits, column, true) - greatest(logits, column, false);
            exact::Rational result(score, model_.denominator);
            result.canonicalize();
            return result;
        });
    }

    const Widths& widths() const { return widths_; }

  private:
    /// Classes none of which is accepted would be read as one score.
    void require_decisions() const {
        if (!decides_) throw base::InternalError("a model that does not decide was asked whether it accepts");
    }

    template <typename Number>
    mpz_class greatest(const Columns<Number>& logits, std::size_t column, bool accepted) const {
        const Number* best = nullptr;
        for (std::size_t c = 0; c < logits.rows; ++c)
            if (model_.accept[c] == accepted && (best == nullptr || logits.row(c)[column] > *best))
                best = &logits.row(c)[column];
        return widened(*best);
    }

    /// use(logits, column)
    template <typename Result, typename Use>
    Result with_logits(const language::Word& word, const Use& use) {
        prefix_.assign(word.begin(), word.end() - static_cast<std::ptrdiff_t>(free_));
        if (width_ == Width::none || prefix_ != known_) run();
        std::size_t column = 0;
        for (std::size_t k = word.size(); k-- > word.size() - free_;) column = column * model_.symbols + word[k];
        switch (width_) {
            case Width::narrow: return use(narrow_.batch->logits(), column % narrow_.batch->logits().period);
            case Width::middle: return use(middle_.batch->logits(), column % middle_.batch->logits().period);
            default: return use(wide_->logits(), column % wide_->logits().period);
        }
    }

    void run() {
        known_ = prefix_;
        if (width_ == Width::none) narrow_.batch.emplace(model_, free_);
        if (narrow_.serves() && narrow_.run(prefix_)) {
            width_ = Width::narrow;
            ++widths_.narrow;
            return;
        }
        if (!middle_.batch) middle_.batch.emplace(model_, free_);
        if (middle_.serves() && middle_.run(prefix_)) {
            width_ = Width::middle;
            ++widths_.middle;
            return;
        }
        if (!wide_) wide_.emplace(model_, free_);
        wide_->run(prefix_);
        width_ = Width::wide;
        ++widths_.wide;
    }

    enum class Width { none, narrow, middle, wide };

    IntegerModel model_;
    bool decides_;
    std::size_t free_;
    Tier<std::int64_t> narrow_;
    Tier<Int128> middle_;
    std::optional<Batch<mpz_class>> wide_;
    Width width_ = Width::none;  // of the batch whose logits are known
    std::vector<std::uint32_t> prefix_, known_;
    Widths widths_;
};

ExactWords::ExactWords(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
ExactWords::~ExactWords() = default;
ExactWords::ExactWords(ExactWords&&) noexcept = default;
ExactWords& ExactWords::operator=(ExactWords&&) noexcept = default;

std::optional<ExactWords> ExactWords::make(const Transformer& transformer, std::int64_t length) {
    const AtLength at(transformer, length);
    if (!is_known(*at)) return std::nullopt;
    require_values(*at, at->sequence_length(length));
    auto model = words::integer_model(*at, length);
    if (!model) return std::nullopt;
    return ExactWords(std::make_unique<Implementation>(std::move(*model), at->readout.decides()));
}

bool ExactWords::accepts(const language::Word& word) { return implementation_->accepts(word); }

Evaluation ExactWords::evaluate(const language::Word& word) {
    return {implementation_->accepts(word), implementation_->score(word)};
}

exact::Vector ExactWords::logits(const language::Word& word) { return implementation_->logits(word); }

const ExactWords::Widths& ExactWords::widths() const { return implementation_->widths(); }

}  // namespace attest::network
