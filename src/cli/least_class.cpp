#include "least_class.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/certify/existence.hpp"
#include "existence_text.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "record/least_class.hpp"

namespace attest::cli {

namespace {

constexpr std::int64_t most_activations = 16;  ///< beyond, a class with a network is called unbounded

struct AnsweredClass {
    threshold::NetworkClass network;
    certify::Existence existence;
};

class LeastClassRun {
  public:
    LeastClassRun(Session& session, const LeastClassAsked& asked)
        : session_(session),
          asked_(asked),
          specification_{asked.network, language::Language::parse(asked.language, std::nullopt), asked.length} {
        threshold::require_sound(specification_);
        if (!threshold::may_be_listed(specification_))
            throw base::UsageError(
                fmt::format("--length: expected at most 2^22 words, found {} symbols", asked.length));
    }

    int run() {
        note_reading(session_, asked_.language);
        archive_.emplace(asked_.certificate.empty() ? std::nullopt : std::optional(asked_.certificate));
        std::int64_t heads = asked_.most_heads + 1;  // that suffice with fewer layers
        for (std::int64_t l = 1; l <= asked_.network.layers && heads > 1 && !ended_; ++l) heads = with_layers(l, heads);
        finish_certificate(session_, *archive_, parts_);
        show();
        return open() == 0 ? success : undecided;
    }

  private:
    /// Gives how many heads suffice: fewer than before, or as many.
    std::int64_t with_layers(std::int64_t layers, std::int64_t before) {
        for (std::int64_t h = 1; h < before && !ended_; ++h) {
            if (!possible(layers, h, std::nullopt)) continue;
            if (layers == 1) least_.push_back({layers, h, std::nullopt});
            else with_activations(layers, h, before);
            return h;
        }
        return before;
    }

    /// More heads may need fewer activations.
    void with_activations(std::int64_t layers, std::int64_t heads, std::int64_t before) {
        std::optional<std::int64_t> fewest;  // so far; none: unbounded
        for (std::int64_t h = heads; h < before && fewest != 2 && !ended_; ++h) {
            const std::int64_t end = fewest.value_or(most_activations + 1);
            std::optional<std::int64_t> enough;
            for (std::int64_t a = 2; a < end && !enough && !ended_; ++a)
                if (possible(layers, h, a)) enough = a;
            if (!enough && h > heads) continue;
            if (enough) fewest = enough;
            least_.push_back({layers, h, enough});
        }
    }

    bool possible(std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations) {
        specification_.network.layers = layers;
        specification_.network.heads = heads;
        specification_.network.activations = activations;
        const std::string of = threshold::describe(specification_.network);
        session_.draft([&] { show(); });
        threshold::SynthesisOptions options = asked_.options;
        options.progress = [&](const std::string& what) { session_.progress(fmt::format("{}: {}", of, what)); };
        parts_.push_back(fmt::format("layers-{}-heads-{}", layers, heads) +
                         (activations ? fmt::format("-activations-{}", *activations) : ""));
        answers_.push_back({specification_.network,
                            certify::decide_existence(specification_, options, limits(), *archive_, parts_.back())});
        const verdict::Verdict& v = answers_.back().existence.verdict;
        ended_ = v.is_undecided() && session_.limits().exceeded();
        return v.holds();
    }

    base::Limits limits() const {
        base::Limits limits = session_.limits();
        const auto now = std::chrono::steady_clock::now();
        if (limits.deadline && *limits.deadline > now) limits.deadline = now + (*limits.deadline - now) / 2;
        return limits;
    }

    std::size_t open() const {
        return static_cast<std::size_t>(std::count_if(answers_.begin(), answers_.end(), [](const AnsweredClass& a) {
            return a.existence.verdict.is_undecided();
        }));
    }

    // Output.

    static std::string text(const record::LeastClass::Class& c, threshold::NetworkClass network) {
        network.layers = c.layers;
        network.heads = c.heads;
        network.activations = c.activations;
        return threshold::describe(network);
    }

    void show() const {
        std::string head =
            fmt::format("LEAST classes for {} at length {}: {}{}\n", specification_.language.name(), asked_.length,
                        least_.empty() ? "none found" : fmt::format("{} found", least_.size()),
                        open() > 0 ? fmt::format(", {} undecided", open()) : "");
        for (const auto& c : least_) head += fmt::format("  {}\n", text(c, asked_.network));
        session_.print(head);
        record::LeastClass record{
            asked_.language, asked_.length, asked_.network.layers, asked_.most_heads, least_, open(), {}};
        for (const AnsweredClass& a : answers_) {
            session_.print(fmt::format("    {:10}  {:>8.2f} s  {}: {}\n", certify::existence_word(a.existence.verdict),
                                       a.existence.verdict.spent.seconds, threshold::describe(a.network),
                                       existence_text(a.existence)));
            record.questions.push_back(record::least_class_question(a.network, a.existence));
        }
        session_.print_json(record::write(record));
    }

    Session& session_;
    const LeastClassAsked& asked_;
    threshold::Specification specification_;
    std::optional<certify::Archive> archive_;
    bool ended_ = false;  ///< by a limit of the whole: the last answer says which
    std::vector<AnsweredClass> answers_;
    std::vector<std::string> parts_;
    std::vector<record::LeastClass::Class> least_;
};

}  // namespace

int least_class(Session& session, const LeastClassAsked& asked) { return LeastClassRun(session, asked).run(); }

}  // namespace attest::cli
