#include "attest/certify/ablation.hpp"

#include <algorithm>

#include "attest/certify/equality.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "base/version.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using ablate::Part;
using ablate::Trial;
using language::Word;
using verdict::Verdict;
using Parts = std::vector<Part>;

/// Words that are replayed for sets which are not the smallest, at most.
constexpr std::size_t most_shown = 256;

std::string part_name(const Parts& removed) {
    if (removed.empty()) return "whole";
    std::string name = "without";
    for (const Part& part : removed) name += "-" + to_string(part);
    return name;
}

class Ablater {
  public:
    Ablater(const AblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
            const base::Limits& limits, Archive& archive)
        : subject_(subject),
          length_(length),
          options_(options),
          limits_(limits),
          archive_(archive),
          whole_(&subject.model.transformer, length) {
        if (subject.language)
            meaning_ = relate(subject.model.transformer.alphabet, subject.language->alphabet(), subject.map);
    }

    Ablation run(const ablate::Options& search) {
        const Stopwatch watch;
        Ablation result;
        result.length = length_;
        result.outcome =
            ablate::find_smallest({subject_.model.transformer, [&](const Word& word) { return expected(word); },
                                   [&](const Parts& removed) { return decide(removed); }, length_},
                                  search, limits_);
        for (const ablate::Sufficient& found : result.outcome.sufficient) result.kept.push_back(look_up(found.kept));
        show_broken(result);
        result.parts = parts_;
        result.seconds = watch.seconds();
        return result;
    }

  private:
    std::optional<bool> expected(const Word& word) {
        if (!subject_.language) return whole_.answer(word, limits_).accepts;
        Word meant;
        for (const language::Symbol a : word) meant.push_back(meaning_[a]);
        return subject_.language->contains(meant);
    }

    /// The file's bytes, and the transformer without the parts.
    formats::ModelFile ablated(const Parts& removed) const {
        const formats::ModelFile& file = subject_.model;
        return {ablate::without(file.transformer, removed), file.bytes, file.tensor_name, file.tensor_bytes};
    }

    Trial decide(const Parts& removed) { return subject_.language ? recognises(removed) : equals(removed); }

    Trial recognises(const Parts& removed) {
        const formats::ModelFile file = ablated(removed);
        const Subject subject{file, *subject_.language, subject_.map, removed};
        Recognition found = recognise(subject, length_, options_, limits_, archive_, part_name(removed));
        std::optional<exact::Rational> margin;
        if (const decide::Enclosure* e = found.outcome.enclosure()) margin = e->margin;
        const decide::Counterexample* wrong = found.outcome.counterexample();
        return note(removed, std::move(found.verdict), std::move(margin),
                    wrong ? std::optional(wrong->word) : std::nullopt);
    }

    Trial equals(const Parts& removed) {
        const NetworkFile file = ablated(removed), whole = subject_.model;
        Equality found = compare({file, whole, {}, removed}, length_, options_, limits_, archive_, part_name(removed));
        std::optional<exact::Rational> margin;
        if (const equal::Enclosure* e = found.outcome.enclosure()) margin = e->margin;
        const equal::Difference* wrong = found.outcome.difference();
        return note(removed, std::move(found.verdict), std::move(margin),
                    wrong ? std::optional(wrong->word) : std::nullopt);
    }

    Trial note(const Parts& removed, Verdict verdict, std::optional<exact::Rational> margin, std::optional<Word> word) {
        Trial trial{verdict.answer(), std::move(word), verdict.why()};
        if (verdict.kept()) parts_.push_back(part_name(removed));
        if (verdict.holds()) decided_.push_back({removed, std::move(verdict), std::move(margin)});
        else if (verdict.fails()) shown_.push_back(removed);
        return trial;
    }

    KeptParts look_up(const Parts& kept) const {
        for (const KeptParts& decided : decided_)
            if (is_rest(decided.kept, kept)) return {kept, decided.verdict, decided.margin};
        return {kept, Verdict::undecided(verdict::Lengths::one(length_), {verdict::Reason::unsupported, ""}), {}};
    }

    /// Whether one holds the parts that the other lacks.
    bool is_rest(const Parts& removed, const Parts& kept) const {
        for (const Part& part : ablate::parts_of(subject_.model.transformer))
            if ((std::find(removed.begin(), removed.end(), part) == removed.end()) !=
                (std::find(kept.begin(), kept.end(), part) != kept.end()))
                return false;
        return true;
    }

    /// Has the checker replay the words of sets that other words had not broken before.
    void show_broken(Ablation& result) {
        const bool few = result.outcome.broken.size() <= most_shown;
        std::size_t done = 0;
        for (const auto& [removed, word] : result.outcome.broken) {
            if (limits_.exceeded() || (!few && done == most_shown)) break;
            ++done;
            if (std::find(shown_.begin(), shown_.end(), removed) == shown_.end()) replay(removed, word);
        }
        result.shown = static_cast<std::size_t>(std::count_if(
            result.outcome.broken.begin(), result.outcome.broken.end(),
            [&](const auto& broken) { return std::find(shown_.begin(), shown_.end(), broken.first) != shown_.end(); }));
    }

    void replay(const Parts& removed, const Word& word) {
        const formats::ModelFile file = ablated(removed);
        const auto actual = decide::Answerer(&file.transformer, length_).answer(word, limits_).accepts;
        const auto wanted = expected(word);
        if (!actual || !wanted) return;
        const Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(options_.seed)}}};
        const Verdict verdict = subject_.language ? refute(file, removed, {word, *wanted, *actual}, provenance)
                                                  : differ(file, removed, {word, *actual}, provenance);
        if (verdict.kept()) parts_.push_back(part_name(removed));
        if (verdict.fails()) shown_.push_back(removed);
    }

    Verdict refute(const formats::ModelFile& file, const Parts& removed, const decide::Counterexample& found,
                   const Provenance& provenance) const {
        const Subject subject{file, *subject_.language, subject_.map, removed};
        const decide::Question question{file.transformer, *subject_.language, meaning_, length_};
        const decide::Outcome outcome{decide::Fails{found, {}}, {}};
        return Notary(archive_, part_name(removed), limits_)
            .certify({verdict::Lengths::one(length_),
                      verdict::Answer::fails,
                      verdict::Evidence::witness,
                      [&](const std::string& place) {
                          return write_certificate(place, subject, question, outcome, provenance, limits_);
                      },
                      {"witness"}});
    }

    Verdict differ(const formats::ModelFile& model, const Parts& removed, const equal::Difference& found,
                   const Provenance& provenance) const {
        const NetworkFile file = model, whole = subject_.model;
        const equal::Outcome outcome{found, {}};
        return Notary(archive_, part_name(removed), limits_)
            .certify(
                {verdict::Lengths::one(length_),
                 verdict::Answer::fails,
                 verdict::Evidence::witness,
                 [&](const std::string& place) {
                     return write_equality(place, {file, whole, {}, removed}, length_, outcome, provenance, limits_);
                 },
                 {"witness"}});
    }

    const AblationSubject& subject_;
    std::int64_t length_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    Archive& archive_;
    decide::Answerer whole_;
    std::vector<language::Symbol> meaning_;
    std::vector<KeptParts> decided_;  ///< `kept` holds what was removed
    std::vector<Parts> shown_;        ///< removed parts of sets that the checker saw broken
    std::vector<std::string> parts_;
};

}  // namespace

Ablation ablate_parts(const AblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const ablate::Options& search, const base::Limits& limits, Archive& archive) {
    return Ablater(subject, length, options, limits, archive).run(search);
}

}  // namespace attest::certify
