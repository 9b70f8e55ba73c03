#include "prove_progress.hpp"

#include <limits>
#include <mutex>
#include <string>

#include "answer_text.hpp"
#include "record/prove.hpp"

namespace attest::cli {

namespace {

using certify::Recognition;

/// What `prove` was asked, for as long as the session may speak of it.
struct AskedForLong {
    std::string model;
    language::Alphabet alphabet;
    std::string language;
    Map map;

    ProveAsked asked() const { return {model, alphabet, language, map}; }
};

/// The lengths that are done, in the form in which they are shown: a proof is not kept for it.
class SoFar {
  public:
    SoFar(const ProveAsked& asked, std::vector<std::int64_t> lengths)
        : asked_{asked.model, asked.alphabet, asked.language, asked.map},
          lengths_(std::move(lengths)),
          record_{asked.model, asked.language, asked.map.empty() ? std::nullopt : std::optional(asked.map), {}},
          rows_(lengths_.size()) {
        record_.results.resize(lengths_.size());
    }

    void add(std::size_t place, const Recognition& result) {
        const std::lock_guard lock(mutex_);
        put(place, result);
        ++(result.verdict.holds() ? count_.held : result.verdict.fails() ? count_.failed : count_.open);
    }

    void show(Session& session, const verdict::Undecided& why) {
        const std::lock_guard lock(mutex_);
        for (std::size_t k = 0; k < lengths_.size(); ++k) {
            if (!rows_[k].empty()) continue;
            put(k, {lengths_[k], {}, verdict::Verdict::undecided(verdict::Lengths::one(lengths_[k]), why), {}, {}, {}});
            record_.results[k].seconds = lengths_.size() == 1 ? session.seconds() : 0;
            ++count_.open;
        }
        if (lengths_.size() == 1) {
            session.print(undecided_headline(asked_.asked(), lengths_.front(), why, session.seconds()));
        } else {
            session.print(prove_overview(asked_.asked(), count_, lengths_, session.seconds()));
            for (const std::string& row : rows_) session.print("  " + row + "\n");
        }
        session.print_json(record::write(record_));
    }

  private:
    void put(std::size_t place, const Recognition& result) {
        record_.results[place] = record::prove_length(asked_.alphabet, result);
        rows_[place] = prove_row(asked_.asked(), result);
    }

    AskedForLong asked_;
    std::vector<std::int64_t> lengths_;
    std::mutex mutex_;  ///< of what follows
    Answered count_;
    record::Prove record_;
    std::vector<std::string> rows_;
};

}  // namespace

ProveProgress say_when_ended(Session& session, const ProveAsked& asked, const std::vector<std::int64_t>& lengths) {
    const auto so_far = std::make_shared<SoFar>(asked, lengths);
    session.when_ended([so_far, &session](const verdict::Undecided& why) { so_far->show(session, why); });
    return [so_far](std::size_t place, const Recognition& result) { so_far->add(place, result); };
}

void say_when_ended(Session& session, const ProveAsked& asked, std::int64_t from) {
    const AskedForLong kept{asked.model, asked.alphabet, asked.language, asked.map};
    session.when_ended([kept, from, &session](const verdict::Undecided& why) {
        const verdict::Lengths lengths{from, std::numeric_limits<std::int64_t>::max()};
        const certify::EveryLength open{from, {}, verdict::Verdict::undecided(lengths, why, {session.seconds(), 0})};
        session.print(every_length_headline(kept.asked(), open));
        session.print_json(record::write(record::prove(kept.model, kept.alphabet, kept.language, kept.map, open)));
    });
}

}  // namespace attest::cli
