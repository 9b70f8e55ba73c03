#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/certify/ablation.hpp"
#include "attest/certify/equality.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/certify/task.hpp"
#include "base/version.hpp"
#include "certify/decided_sets.hpp"
#include "decide/ablate/variables.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

// A program without some of its variables is a program. So each set is decided as any program is, and what is left over here is
// to find words quickly on which most sets are wrong: those that broke other sets are evaluated by the definition, the last
// one first, in a program whose lists are put aside and put back.

namespace attest::certify {

namespace {

using ablate::Part;
using ablate::Trial;
using language::Word;
using network::Program;
using verdict::Verdict;
using Parts = std::vector<Part>;

/// Words among which one without a value is looked for.
constexpr std::uint64_t most_looked_at = 1 << 16;

/// A program some of whose variables are taken away, and put back.
class Stripped {
  public:
    Stripped(Program& program, const Parts& removed) : program_(program) { swap(removed); }
    Stripped(const Stripped&) = delete;
    Stripped& operator=(const Stripped&) = delete;
    ~Stripped() {
        for (Aside& aside : aside_) put_back(aside);
    }

  private:
    struct Aside {
        Program::Variable* variable = nullptr;
        decltype(Program::Attend::pairs) pairs = {};
        decltype(Program::Map::table) table = {};
    };

    void swap(const Parts& removed) {
        auto at = program_.variables.begin();
        aside_.reserve(removed.size());
        for (const Part& part : removed) {
            at = std::find_if(at, program_.variables.end(), [&](const auto& v) { return v.name == part.variable; });
            aside_.push_back({&*at});
            put_back(aside_.back());
        }
    }
    static void put_back(Aside& aside) {
        if (auto* map = std::get_if<Program::Map>(&aside.variable->step)) map->table.swap(aside.table);
        else std::get<Program::Attend>(aside.variable->step).pairs.swap(aside.pairs);
    }

    Program& program_;
    std::vector<Aside> aside_;
};

class ProgramAblater {
  public:
    ProgramAblater(const ProgramAblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                   const base::Limits& limits, Archive& archive)
        : subject_(subject),
          length_(length),
          options_(options),
          limits_(limits),
          archive_(archive),
          program_(subject.program.program),
          variables_(ablate::parts_of(program_)) {
        if (subject.language) meaning_ = relate(program_.alphabet, subject.language->alphabet(), subject.map);
    }

    Ablation run(const ablate::Options& search) {
        const Stopwatch watch;
        Ablation result;
        result.length = length_;
        ablate::Question question;
        question.parts = variables_;
        question.decide = [&](const Parts& removed) { return decide(removed); };
        question.look = [&](const Parts& removed) { return word_before(removed); };
        question.length = length_;
        result.outcome = ablate::find_smallest(question, search, limits_);
        for (const ablate::Sufficient& found : result.outcome.sufficient) result.kept.push_back(look_up(found.kept));
        sets_.show_broken(
            result, [this](const Parts& removed) { return part_name(removed); },
            [this](const Parts& removed, const Word& word) { return replay(removed, word); }, limits_);
        result.parts = sets_.parts();
        result.seconds = watch.seconds();
        return result;
    }

  private:
    /// By the definition; a program that has no value on the word is wrong on it.
    bool is_wrong(const Parts& removed, const Word& word) {
        const Stripped stripped(program_, removed);
        std::vector<std::string> given;
        try {
            given = network::answers(program_, word);
        } catch (const base::InputError&) {
            return true;
        }
        if (subject_.task) return given != subject_.task->expected(word);
        return network::accepts(program_, given) != is_to_accept(word);
    }

    bool is_to_accept(const Word& word) const {
        if (!subject_.language) {
            const Program& whole = subject_.program.program;
            return network::accepts(whole, network::answers(whole, word));
        }
        Word meant;
        for (const language::Symbol a : word) meant.push_back(meaning_[a]);
        return subject_.language->contains(meant);
    }

    std::optional<Word> word_before(const Parts& removed) {
        for (std::size_t k = pool_.size(); k-- > 0;) {
            if (!is_wrong(removed, pool_[k])) continue;
            std::rotate(pool_.begin() + static_cast<std::ptrdiff_t>(k),
                        pool_.begin() + static_cast<std::ptrdiff_t>(k) + 1, pool_.end());
            return pool_.back();
        }
        return std::nullopt;
    }

    Trial decide(const Parts& removed) {
        try {
            return decide(removed, options_.method);
        } catch (const base::InputError&) {
            if (removed.empty()) throw;  // the program itself has no value
        }
        if (auto word = word_without_value(removed)) {
            pool_.push_back(*word);
            return {verdict::Answer::fails, std::move(word), {}};
        }
        return {
            verdict::Answer::undecided, {}, {verdict::Reason::unsupported, "a program without a value on some word"}};
    }

    std::optional<Word> word_without_value(const Parts& removed) {
        const auto words =
            language::count_words(program_.alphabet, static_cast<std::uint64_t>(length_), most_looked_at);
        Word word(static_cast<std::size_t>(length_), 0);
        for (bool more = words.has_value(); more && !limits_.exceeded(); more = next_word(word, program_.alphabet))
            if (is_wrong(removed, word)) return word;
        return std::nullopt;
    }

    /// All words of the program without these variables, with a certificate.
    Trial decide(const Parts& removed, decide::Method method) {
        const formats::ProgramFile file = stripped(removed);
        if (subject_.task) return note(removed, performs(file, removed));
        decide::ProveOptions options = options_;
        options.method = method;
        if (!subject_.language) return note(removed, equals(file, removed, options));
        return note(removed, recognises(file, removed, options));
    }

    struct Found {
        Verdict verdict;
        std::optional<Word> word;
    };

    Found recognises(const formats::ProgramFile& file, const Parts& removed, const decide::ProveOptions& options) {
        const ProgramSubject subject{file, *subject_.language, subject_.map, {removed}};
        Recognition found = recognise(subject, length_, options, limits_, archive_, part_name(removed));
        const decide::Counterexample* wrong = found.outcome.counterexample();
        return {std::move(found.verdict), wrong ? std::optional(wrong->word) : std::nullopt};
    }

    Found equals(const NetworkFile& file, const Parts& removed, const decide::ProveOptions& options) {
        const NetworkFile whole = subject_.program;
        Equality found = compare({file, whole, {}, {removed}}, length_, options, limits_, archive_, part_name(removed));
        const equal::Difference* wrong = found.outcome.difference();
        return {std::move(found.verdict), wrong ? std::optional(wrong->word) : std::nullopt};
    }

    Found performs(const formats::ProgramFile& file, const Parts& removed) {
        task::Options options;
        options.back_end = options_.back_end;
        options.seed = options_.seed;
        options.progress = options_.progress;
        Performance found =
            perform({file, *subject_.task, {removed}}, length_, options, limits_, archive_, part_name(removed));
        const auto& first = found.outcome.first;
        return {std::move(found.verdict), first.empty() ? std::nullopt : std::optional(first.front().word)};
    }

    /// The file's bytes, and the program without the variables.
    formats::ProgramFile stripped(const Parts& removed) const {
        return {ablate::without(subject_.program.program, removed), subject_.program.bytes};
    }

    Trial note(const Parts& removed, Found found) {
        Trial trial{found.verdict.answer(), std::move(found.word), found.verdict.why()};
        if (trial.answer != verdict::Answer::fails) trial.word.reset();
        if (trial.word) pool_.push_back(*trial.word);
        sets_.note(removed, part_name(removed), std::move(found.verdict), {});
        return trial;
    }

    KeptParts look_up(const Parts& kept) const {
        if (auto decided = sets_.look_up(variables_, kept)) return std::move(*decided);
        throw base::InternalError("a set of variables is enough without a verdict");
    }

    std::optional<Verdict> replay(const Parts& removed, const Word& word) {
        const formats::ProgramFile file = stripped(removed);
        std::vector<std::string> given;
        try {
            given = network::answers(file.program, word);
        } catch (const base::InputError&) {
            return std::nullopt;  // no answer that a certificate could name
        }
        const Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(options_.seed)}}};
        const auto write = [&](const std::string& place) {
            return write_wrong(place, file, removed, word, given, provenance);
        };
        return Notary(archive_, part_name(removed), limits_)
            .certify({verdict::Lengths::one(length_),
                      verdict::Answer::fails,
                      verdict::Evidence::witness,
                      write,
                      {"witness"}});
    }

    std::string write_wrong(const std::string& place, const formats::ProgramFile& file, const Parts& removed,
                            const Word& word, const std::vector<std::string>& given,
                            const Provenance& provenance) const {
        if (subject_.task) {
            task::Outcome outcome;
            outcome.wrong = 1;
            outcome.first.push_back({word, subject_.task->expected(word), given});
            return write_performance(place, {file, *subject_.task, {removed}}, length_, outcome, provenance, limits_);
        }
        const bool accepts = network::accepts(file.program, given);
        if (subject_.language)
            return write_certificate(place, ProgramSubject{file, *subject_.language, subject_.map, {removed}}, length_,
                                     {decide::Fails{{word, !accepts, accepts}, {}}, {}}, provenance, limits_);
        const NetworkFile model = file, whole = subject_.program;
        return write_equality(place, {model, whole, {}, {removed}}, length_, {equal::Difference{word, accepts}, {}},
                              provenance, limits_);
    }

    /// Names of variables are any texts: sets are numbered.
    std::string part_name(const Parts& removed) {
        if (removed.empty()) return "whole";
        auto at = std::find(named_.begin(), named_.end(), removed);
        if (at == named_.end()) at = named_.insert(at, removed);
        return "set-" + std::to_string(at - named_.begin() + 1);
    }

    const ProgramAblationSubject& subject_;
    std::int64_t length_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    Archive& archive_;
    Program program_;  ///< that loses variables and gets them back
    Parts variables_;
    std::vector<language::Symbol> meaning_;
    std::vector<Word> pool_;  ///< that broke some set; the last one first
    DecidedSets sets_;
    std::vector<Parts> named_;  ///< by number
};

}  // namespace

Ablation ablate_parts(const ProgramAblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const ablate::Options& search, const base::Limits& limits, Archive& archive) {
    return ProgramAblater(subject, length, options, limits, archive).run(search);
}

}  // namespace attest::certify
