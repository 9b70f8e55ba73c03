#include "attest/certify/task.hpp"

#include "base/version.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

// Claims about tasks: of programs (FORMAT.md, section 18) and of models that answer with classes (section 20).

namespace attest::certify {

namespace {

using verdict::Verdict;
using Json = Manifest::Json;

// What programs and models differ in.

const formats::ProgramFile& task_file(const TaskSubject& subject) { return subject.program; }
const formats::ModelFile& task_file(const ClassSubject& subject) { return subject.model; }
const network::Program& task_network(const TaskSubject& subject) { return subject.program.program; }
const network::Transformer& task_network(const ClassSubject& subject) { return subject.model.transformer; }
task::Question task_question(const TaskSubject& subject, std::int64_t length) {
    return {task_network(subject), subject.task, length};
}
task::ClassQuestion task_question(const ClassSubject& subject, std::int64_t length) {
    return {task_network(subject), subject.task, length};
}

template <typename Subject>
class TaskCertificate {
  public:
    TaskCertificate(const Subject& subject, std::int64_t length, const task::Options& options,
                    const task::Outcome& outcome)
        : subject_(subject), length_(length), options_(options), outcome_(outcome) {}

    Verdict certify(const base::Limits& limits, Archive& archive, const std::string& part) const {
        const verdict::Lengths lengths = verdict::Lengths::one(length_);
        if (outcome_.why.reason != verdict::Reason::none) return Verdict::undecided(lengths, outcome_.why);
        if (options_.progress) options_.progress("checking the certificate");
        const auto write_here = [&](const std::string& place) {
            return write(place, {{{"attest", base::version()}}}, limits);
        };
        const bool holds = options_.count || outcome_.wrong == 0;
        return Notary(archive, part, limits)
            .certify({lengths,
                      holds ? verdict::Answer::holds : verdict::Answer::fails,
                      outcome_.evidence(options_.count),
                      write_here,
                      {"exhaustion", "witness"}});
    }

    /// Gives the digest of the manifest.
    std::string write(const std::string& place, const Provenance& provenance, const base::Limits& limits) const {
        Manifest manifest(place, claim(), provenance_json(provenance), limits);
        write_model(manifest, task_file(subject_));
        if (outcome_.refutation) write_proof(manifest);
        else manifest.member("evidence") = evidence();
        return manifest.finish();
    }

  private:
    Json claim() const {
        Json claim = {{"kind", options_.count ? "performance" : "performs"},
                      {"model", task_network(subject_).name},
                      {"task", subject_.task.name()},
                      {"length", length_}};
        if (options_.count) claim["wrong"] = std::to_string(outcome_.wrong);
        else claim["verdict"] = outcome_.wrong == 0 ? "verified" : "refuted";
        if constexpr (requires { subject_.without; }) add_removal(claim, subject_.without, outcome_.wrong == 0);
        return claim;
    }

    void write_proof(Manifest& manifest) const {
        write_refutation(manifest, *outcome_.refutation,
                         "miter of program and task, then where the program has no value");
        if (!options_.count) return;
        Json mistakes = Json::array();
        for (const language::Word& word : outcome_.list)
            mistakes.push_back(task_network(subject_).alphabet.spell(word));
        manifest.member("evidence")["mistakes"] = std::move(mistakes);
    }

    Json evidence() const {
        const language::Alphabet& alphabet = task_network(subject_).alphabet;
        if (outcome_.wrong > 0 && !options_.count) return misstep(alphabet);
        if (outcome_.by == task::Method::prefixes) return {{"kind", "prefixes"}};
        Json evidence = {{"kind", outcome_.bits > 0 ? "enclosure" : "exhaustion"}, {"words", outcome_.words}};
        if (!outcome_.margin) return evidence;
        evidence["margin"] = outcome_.margin->least_text();
        if (outcome_.bits > 0) evidence["bits"] = outcome_.bits;
        evidence["least"] = {{"word", alphabet.spell(outcome_.margin->word)}, {"most", outcome_.margin->most_text()}};
        return evidence;
    }

    /// A model that is read once answers at the last position.
    Json misstep(const language::Alphabet& alphabet) const {
        const task::Mistake& mistake = outcome_.first.front();
        const std::size_t i = mistake.position();
        return {{"kind", "witness"},
                {"word", alphabet.spell(mistake.word)},
                {"position", mistake.expected.size() == mistake.word.size() ? i : mistake.word.size()},
                {"expected", mistake.expected[i - 1]},
                {"actual", mistake.actual[i - 1]}};
    }

    const Subject& subject_;
    std::int64_t length_;
    const task::Options& options_;
    const task::Outcome& outcome_;
};

template <typename Subject>
Performance perform_task(const Subject& subject, std::int64_t length, const task::Options& options,
                         const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    task::Outcome outcome = task::hold(task_question(subject, length), options, limits);
    Verdict verdict = TaskCertificate(subject, length, options, outcome).certify(limits, archive, part);
    watch.stop(verdict);
    return {length, std::move(outcome), std::move(verdict)};
}

}  // namespace

std::string write_performance(const std::string& directory, const TaskSubject& subject, std::int64_t length,
                              const task::Outcome& outcome, const Provenance& provenance, const base::Limits& limits) {
    const task::Options options;
    return TaskCertificate(subject, length, options, outcome).write(directory, provenance, limits);
}

Performance perform(const TaskSubject& subject, std::int64_t length, const task::Options& options,
                    const base::Limits& limits, Archive& archive, const std::string& part) {
    return perform_task(subject, length, options, limits, archive, part);
}

Performance perform(const ClassSubject& subject, std::int64_t length, const task::Options& options,
                    const base::Limits& limits, Archive& archive, const std::string& part) {
    return perform_task(subject, length, options, limits, archive, part);
}

}  // namespace attest::certify
