#include "record/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "base/command_line.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "job_output.hpp"
#include "jobs/executor.hpp"
#include "placement.hpp"

namespace attest::cli {

std::string job_line(const jobs::Job& job) {
    std::string line = "attest";
    for (const std::string& word : job.words) line += " " + base::shell_word(word);
    return base::printable(line, 2000);
}

record::Jobs::Job job_record(const jobs::Job& job, const std::string& state) {
    record::Jobs::Job record{job.folder,          job_line(job), job.on,   state, job.units,
                             jobs::recorded(job), job.parts,     job.runs, {}};
    if (const auto answer = jobs::answer(job)) {
        record.state = "answered";
        record.status = answer->status;
    }
    return record;
}

namespace {

namespace fs = std::filesystem;

std::string state_of(const jobs::Job& job) {
    return !job.runs.empty() && jobs::make_executor(job.on)->is_alive(job) ? "running" : "stopped";
}

std::string row(const record::Jobs::Job& job) {
    return fmt::format("{:9} {:>5}/{:<5} {}  {}\n", job.state, job.recorded, job.units, base::printable(job.folder),
                       job.asked);
}

class JobsCommand : public Command {
  public:
    std::string name() const override { return "jobs"; }
    std::string summary() const override {
        return "Searches in parts that others work on: list, show FOLDER, resume FOLDER";
    }
    std::vector<std::string> examples() const override {
        return {"attest jobs list", "attest jobs show j", "attest jobs resume j"};
    }
    void declare(CLI::App& app) override {
        app.add_option("ACTION", action_, "list (default), show or resume");
        app.add_option("FOLDER", folder_,
                       "show, resume: the folder that was --journal; list: where such folders are (default: here)");
        app.add_flag("--no-wait", no_wait_, "resume: submit, and do not wait for the answer");
    }

    int run(Session& session) override {
        const std::vector<std::string> actions{"list", "show", "resume"};
        if (std::find(actions.begin(), actions.end(), action_) == actions.end())
            throw base::UsageError(fmt::format("jobs: expected list, show or resume, found '{}'{}",
                                               base::printable(action_), base::perhaps(action_, actions)));
        if (action_ == "list") return list(session);
        if (folder_.empty())
            throw base::UsageError(fmt::format("jobs {}: expected the folder of a job, found none", action_));
        const jobs::Job job = jobs::read_job(folder_);
        return action_ == "show" ? show(session, job) : follow(session, job, !no_wait_);
    }

  private:
    int list(Session& session) const {
        record::Jobs record;
        record.jobs.emplace();
        std::vector<std::string> folders;
        const std::string place = folder_.empty() ? "." : folder_;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(place, error))
            if (jobs::is_job(entry.path().string())) folders.push_back(entry.path().lexically_normal().string());
        if (error) throw base::InputError(place, "cannot read: " + error.message());
        std::sort(folders.begin(), folders.end());
        for (const std::string& folder : folders) {
            const jobs::Job job = jobs::read_job(folder);
            record.jobs->push_back(job_record(job, state_of(job)));
            record.jobs->back().folder = folder;
            session.print(row(record.jobs->back()));
        }
        if (folders.empty()) session.note(fmt::format("no folder in {} is that of a job", place));
        session.print_json(record::write(record));
        return success;
    }

    /// With the answer there is its status, else the question is open.
    int show(Session& session, const jobs::Job& job) const {
        record::Jobs record;
        record.job = job_record(job, state_of(job));
        record.job->folder = folder_;
        session.print(row(*record.job));
        if (!record.job->runs.empty())
            session.print(fmt::format("  {} parts as {} {}\n", job.parts, job.on, fmt::join(job.runs, ", ")));
        const auto answer = jobs::answer(job);
        if (answer) session.print_verbatim(answer->out + answer->err);
        session.print_json(record::write(record));
        return answer ? answer->status : undecided;
    }

    std::string action_ = "list", folder_;
    bool no_wait_ = false;
};

}  // namespace

std::unique_ptr<Command> make_jobs() { return std::make_unique<JobsCommand>(); }

}  // namespace attest::cli
