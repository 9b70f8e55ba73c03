#include "attest/certify/ablation.hpp"

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/certify/equality.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "base/version.hpp"
#include "certify/decided_sets.hpp"
#include "decide/ablate/edges.hpp"
#include "decide/ablate/means.hpp"
#include "decide/ablate/probe.hpp"
#include "decide/ablate/robust.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using ablate::Part;
using ablate::Trial;
using language::Word;
using verdict::Verdict;
using Parts = std::vector<Part>;

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
          whole_(&subject.model.transformer, length, decide::Order::lexicographic),
          taken_(subject.taken == Taken::edges ? ablate::edges_of(subject.model.transformer)
                                               : ablate::parts_of(subject.model.transformer)) {
        if (by_position() && (subject.robust || !subject.invariant.empty()))
            throw base::Unsupported("means by position where a vector moves, or positions are asked about");
        if (subject.language)
            meaning_ = relate(subject.model.transformer.alphabet, subject.language->alphabet(), subject.map);
    }

    Ablation run(const ablate::Options& search) {
        const Stopwatch watch;
        Ablation result;
        result.length = length_;
        auto looking = look();
        auto why = is_out_of_reach();
        if (!why) why = take_means(search.progress);
        if (why) {
            result.outcome.parts = taken_;
            result.outcome.why = std::move(*why);
            return result;
        }
        if (means_) result.within = means_->within;
        result.outcome = ablate::find_smallest(
            {taken_,
             [&](const Parts& removed) { return ablate::without(subject_.model.transformer, removal(removed)); },
             [&](const Word& word) { return expected(word); }, [&](const Parts& removed) { return decide(removed); },
             length_, std::move(looking), by_solver(search.progress)},
            search, limits_);
        for (const ablate::Sufficient& found : result.outcome.sufficient) {
            result.kept.push_back(look_up(found.kept));
            if (!subject_.invariant.empty()) result.kept.back().invariance = invariance(found.kept);
        }
        sets_.show_broken(
            result, part_name, [this](const Parts& removed, const Word& word) { return replay(removed, word); },
            limits_);
        result.parts = sets_.parts();
        result.seconds = watch.seconds();
        return result;
    }

  private:
    std::optional<bool> expected(const Word& word) {
        if (!subject_.language) {
            const decide::Answer answer = whole_.answer(word, limits_);
            if (answer.margin && (!whole_margin_ || *answer.margin < *whole_margin_)) whole_margin_ = answer.margin;
            return answer.accepts;
        }
        Word meant;
        for (const language::Symbol a : word) meant.push_back(meaning_[a]);
        return subject_.language->contains(meant);
    }

    /// Empty where scores are not found many at a time.
    std::function<std::optional<Word>(const Parts&)> look() {
        const network::Transformer& t = subject_.model.transformer;
        const auto words = language::count_words(t.alphabet, static_cast<std::uint64_t>(length_), options_.most_words);
        if (!words) return {};
        ablate::Probe::Task task{length_, *words, [this](const Word& word) { return expected(word); }};
        if (subject_.robust) {
            const auto square = ablate::square_of_weight(t);
            if (!square) return {};
            task.reach = *subject_.robust * *subject_.robust * *square;
        }
        probe_ = ablate::Probe::make(t, taken_, std::move(task));
        if (!probe_) return {};
        return [this](const Parts& removed) { return probe_->wrong_word(removal(removed), limits_); };
    }

    /// Empty where there is no circuit of all models without some parts.
    std::function<std::variant<ablate::SmallestSets, verdict::Undecided>()> by_solver(
        const std::function<void(const std::string&)>& progress) {
        if (subject_.taken != Taken::parts || subject_.robust) return {};
        ablate::SwitchQuestion question{subject_.model.transformer, length_, subject_.language, meaning_,
                                        options_.seed};
        question.progress = progress;
        return [this, question] { return ablate::smallest_by_solver(question, limits_); };
    }

    std::optional<verdict::Undecided> is_out_of_reach() const {
        if (!by_position() || probe_ || subject_.model.transformer.kind() != network::AttentionKind::softmax)
            return std::nullopt;
        return verdict::Undecided{
            verdict::Reason::unsupported,
            "means by position of a softmax model that doubles do not know, or of too many words"};
    }

    std::optional<verdict::Undecided> take_means(const std::function<void(const std::string&)>& progress) {
        if (subject_.taken != Taken::means && !by_position()) return std::nullopt;
        auto found = ablate::find_means(subject_.model.transformer, taken_, by_position(), length_, options_.most_words,
                                        limits_, progress);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) return std::move(*why);
        means_ = std::get<ablate::Means>(std::move(found));
        return std::nullopt;
    }

    ablate::Removal removal(const Parts& removed) const {
        ablate::Removal result{removed};
        if (!means_ || removed.empty()) return result;
        result.within = means_->within;
        for (const Part& part : removed) {
            const auto k = std::find(taken_.begin(), taken_.end(), part) - taken_.begin();
            const std::vector<exact::Vector>& mean = means_->values[static_cast<std::size_t>(k)];
            if (by_position()) result.by_position.push_back(mean);
            else result.constants.push_back(mean.front());
        }
        return result;
    }

    bool by_position() const { return subject_.taken == Taken::means_by_position; }
    /// Whether what is left is no transformer: then only doubles evaluate it, and balls do not.
    bool is_beyond_models(const Parts& removed) const {
        return by_position() && !removed.empty() &&
               subject_.model.transformer.kind() == network::AttentionKind::softmax;
    }

    /// The file's bytes, and the transformer without the parts; where that is none, the whole one.
    formats::ModelFile ablated(const Parts& removed) const {
        const formats::ModelFile& file = subject_.model;
        if (is_beyond_models(removed)) return file;
        return {ablate::without(file.transformer, removal(removed)), file.bytes, file.tensor_name, file.tensor_bytes};
    }

    Trial decide(const Parts& removed) {
        if (is_beyond_models(removed)) return decide_in_doubles(removed);
        return subject_.language ? recognises(removed) : equals(removed);
    }

    /// Of constants by position no circuit knows, nor the checker of one.
    decide::ProveOptions options_for(const Parts& removed) const {
        decide::ProveOptions options = options_;
        if (by_position() && !removed.empty()) options.method = decide::Method::exhaustion;
        return options;
    }

    Trial decide_in_doubles(const Parts& removed) {
        constexpr long bits = 256;
        decide::Outcome outcome = probe_->settle(removal(removed), bits, limits_);
        if (outcome.undecided() != nullptr) return {verdict::Answer::undecided, {}, *outcome.undecided()};
        auto* holds = std::get_if<decide::Holds>(&outcome.result);
        std::optional<exact::Rational> margin;
        if (holds != nullptr) {
            auto& enclosure = std::get<decide::Enclosure>(holds->evidence);
            margin = enclosure.margin;
            // The margin of two models is that of both.
            if (whole_margin_) enclosure.margin = std::min(enclosure.margin, *whole_margin_);
        }
        Verdict verdict = certify(removed, outcome);
        const decide::Counterexample* wrong = outcome.counterexample();
        return note(removed, std::move(verdict), std::move(margin), wrong ? std::optional(wrong->word) : std::nullopt);
    }

    Trial recognises(const Parts& removed) {
        const formats::ModelFile file = ablated(removed);
        const Subject subject{file, *subject_.language, subject_.map, removal(removed), subject_.robust};
        Recognition found =
            subject_.robust ? recognise_robustly(subject, length_, options_, limits_, archive_, part_name(removed))
                            : recognise(subject, length_, options_for(removed), limits_, archive_, part_name(removed));
        std::optional<exact::Rational> margin;
        if (const decide::Enclosure* e = found.outcome.enclosure()) margin = e->margin;
        const decide::Counterexample* wrong = found.outcome.counterexample();
        return note(removed, std::move(found.verdict), std::move(margin),
                    wrong ? std::optional(wrong->word) : std::nullopt);
    }

    Trial equals(const Parts& removed) {
        const NetworkFile file = ablated(removed), whole = subject_.model;
        Equality found = compare({file, whole, {}, removal(removed), subject_.robust}, length_, options_for(removed),
                                 limits_, archive_, part_name(removed));
        std::optional<exact::Rational> margin;
        if (const equal::Enclosure* e = found.outcome.enclosure()) margin = e->margin;
        const equal::Difference* wrong = found.outcome.difference();
        return note(removed, std::move(found.verdict), std::move(margin),
                    wrong ? std::optional(wrong->word) : std::nullopt);
    }

    Trial note(const Parts& removed, Verdict verdict, std::optional<exact::Rational> margin, std::optional<Word> word) {
        Trial trial{verdict.answer(), std::move(word), verdict.why()};
        sets_.note(removed, part_name(removed), std::move(verdict), std::move(margin));
        return trial;
    }

    KeptParts look_up(const Parts& kept) const {
        if (auto decided = sets_.look_up(taken_, kept)) return std::move(*decided);
        return {kept, Verdict::undecided(verdict::Lengths::one(length_), {verdict::Reason::unsupported, ""}), {}};
    }

    Invariance invariance(const Parts& kept) {
        Parts removed;
        for (const Part& part : taken_)
            if (std::find(kept.begin(), kept.end(), part) == kept.end()) removed.push_back(part);
        const std::string name = "invariant-" + part_name(removed);
        Invariance found = find_invariance(ablated(removed), removal(removed), subject_.invariant, length_, options_,
                                           limits_, archive_, name);
        if (found.verdict.kept()) sets_.add_part(name);
        return found;
    }

    std::optional<Verdict> replay(const Parts& removed, const Word& word) {
        const auto wanted = expected(word);
        if (!wanted) return std::nullopt;
        const auto actual = answers(removed, word, *wanted);
        if (!actual) return std::nullopt;
        return certify(removed, {decide::Fails{{word, *wanted, *actual}, {}}, {}});
    }

    /// What is answered without the parts on a word that breaks them. Where doubles look for these words, they have told that it
    /// is not what is wanted; and of a vector that moves, some place of it is answered wrongly, if not the one where it is.
    std::optional<bool> answers(const Parts& removed, const Word& word, bool wanted) const {
        if (subject_.robust || probe_) return !wanted;
        const formats::ModelFile file = ablated(removed);
        return decide::Answerer(&file.transformer, length_).answer(word, limits_).accepts;
    }

    /// Has the checker look at what was found of the transformer without the parts.
    Verdict certify(const Parts& removed, const decide::Outcome& outcome) const {
        const Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(options_.seed)}}};
        return Notary(archive_, part_name(removed), limits_)
            .certify({verdict::Lengths::one(length_),
                      outcome.holds() ? verdict::Answer::holds : verdict::Answer::fails,
                      outcome.evidence(),
                      [&](const std::string& place) { return write(place, removed, outcome, provenance); },
                      {"witness"}});
    }

    std::string write(const std::string& place, const Parts& removed, const decide::Outcome& outcome,
                      const Provenance& provenance) const {
        const formats::ModelFile& file = subject_.model;  // whose bytes are written
        if (subject_.language) {
            const Subject subject{file, *subject_.language, subject_.map, removal(removed), subject_.robust};
            return write_certificate(place, subject, {file.transformer, *subject_.language, meaning_, length_}, outcome,
                                     provenance, limits_);
        }
        const NetworkFile model = file, whole = file;
        equal::Outcome found{verdict::Undecided{}, outcome.statistics};
        if (const decide::Counterexample* wrong = outcome.counterexample())
            found.result = equal::Difference{wrong->word, wrong->actual};
        else if (const decide::Enclosure* e = outcome.enclosure())
            found.result = equal::Holds{equal::Enclosure{e->margin, e->bits, {}}};
        return write_equality(place, {model, whole, {}, removal(removed), subject_.robust}, length_, found, provenance,
                              limits_);
    }

    const AblationSubject& subject_;
    std::int64_t length_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    Archive& archive_;
    decide::Answerer whole_;
    Parts taken_;  ///< what may be taken away
    std::optional<ablate::Means> means_;
    std::optional<exact::Rational> whole_margin_;  ///< of the words on which the whole has been asked
    std::unique_ptr<ablate::Probe> probe_;
    std::vector<language::Symbol> meaning_;
    DecidedSets sets_;
};

}  // namespace

Ablation ablate_parts(const AblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const ablate::Options& search, const base::Limits& limits, Archive& archive) {
    return Ablater(subject, length, options, limits, archive).run(search);
}

}  // namespace attest::certify
