#include "archive.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/digest.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "documents.hpp"
#include "record/archive.hpp"
#include "report/artifact.hpp"

namespace attest::cli {

namespace {

namespace fs = std::filesystem;

/// How an archive is packed, by its ending.
struct Packing {
    const char* ending;
    std::vector<std::string> program;  ///< that packs a file to its stdout; empty: not at all
};
const std::vector<Packing>& packings() {
    static const std::vector<Packing> all = {
        {".tar.zst", {"zstd", "-19", "-q", "-c"}}, {".tar.gz", {"gzip", "-9", "-n", "-c"}}, {".tar", {}}};
    return all;
}

/// The source of the checker: installed beside the program, or in the tree that it was built in.
std::string checker_source() {
    const fs::path program = base::own_path();
    const fs::path installed = program.parent_path().parent_path() / "share/attest/checker";
    if (fs::is_regular_file(installed / "checker.cpp")) return installed.string();
    for (fs::path folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path())
        if (fs::is_regular_file(folder / "src/checker/checker.cpp")) return (folder / "src/checker").string();
    throw base::InputError("archive", "the source of the checker in share/attest/checker or src/checker", "none");
}

/// A folder that is gone afterwards.
class Temporary {
  public:
    Temporary() {
        std::string name = (fs::temp_directory_path() / "attest-archive-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw base::InputError(name, "cannot be made");
        path_ = name;
    }
    ~Temporary() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

class ArchiveCommand : public Command {
  public:
    std::string name() const override { return "archive"; }
    std::string summary() const override {
        return "Certificates with the source of their checker, as one file for reviewers";
    }
    std::vector<std::string> examples() const override {
        return {"attest archive out/c1 -o paper.tar", "attest archive out/c1 out/r -o paper.tar.gz --json"};
    }
    Uses uses() const override { return {.threads = "Certificates that are checked at a time"}; }
    void declare(CLI::App& app) override {
        app.add_option("DIR", directories_, "Certificates, or folders of certificates")->required();
        app.add_option("-o,--output", output_, "The file to write: .tar.zst, .tar.gz or .tar")
            ->required()
            ->type_name("FILE");
    }

    int run(Session& session) override {
        const Packing& packing = packing_of();
        report::Sources sources = report::read_sources(directories_);
        if (sources.certificates.empty())
            throw base::UsageError("archive: expected certificates, found none in " +
                                   base::printable(directories_.front()));
        const base::Limits limits = session.limits();
        report::check_sources(sources, session.options.threads, limits, [&](std::size_t done, std::size_t all) {
            session.progress(fmt::format("checked {} of {} certificates", done, all));
        });
        for (const report::Certificate& certificate : sources.certificates) require_accepted(certificate);
        session.progress("packing");
        const std::string stem = fs::path(output_).filename().string();
        const std::vector<base::TarFile> files =
            report::artifact_of(sources, stem.substr(0, stem.size() - std::string(packing.ending).size()),
                                {certificate_format, model_format, checker_source()});
        const std::string packed = pack(base::write_tar(files), packing, limits);
        base::write_file(output_, packed);
        const record::Archive record{output_, packed.size(), files.size(), sources.certificates.size(),
                                     base::sha256(packed)};
        session.print(fmt::format(
            "ARCHIVED {}: {} with the checker's source, {} files, {} bytes\n  SHA-256 {}\n  make check, in the "
            "folder that it unpacks to, builds the checker and checks all\n",
            output_, record.certificates == 1 ? "1 certificate" : fmt::format("{} certificates", record.certificates),
            record.files, record.bytes, record.sha256));
        session.print_json(record::write(record));
        return success;
    }

  private:
    const Packing& packing_of() const {
        const std::string name = fs::path(output_).filename().string();
        for (const Packing& packing : packings()) {
            if (!name.ends_with(packing.ending) || name == packing.ending) continue;
            if (!packing.program.empty() && !base::has_program(packing.program.front()))
                throw base::Unsupported(
                    fmt::format("archive: {} needs the program {}, which is missing; .tar needs none", packing.ending,
                                packing.program.front()));
            return packing;
        }
        throw base::UsageError("--output: expected a name that ends with .tar.zst, .tar.gz or .tar, found " +
                               base::printable(output_));
    }

    static void require_accepted(const report::Certificate& certificate) {
        if (certificate.standing == report::Standing::accepted) return;
        if (certificate.standing == report::Standing::refused)
            throw base::InputError(
                certificate.path,
                fmt::format("the checker refuses this certificate: {} at {}: {}", certificate.obligation,
                            base::printable(certificate.place, 200), base::printable(certificate.reason, 400)));
        throw base::InputError(certificate.path, "the certificate could not be checked within the limits");
    }

    static std::string pack(const std::string& tar, const Packing& packing, const base::Limits& limits) {
        if (packing.program.empty()) return tar;
        const Temporary folder;
        const std::string path = (folder.path() / "archive.tar").string();
        base::write_file(path, tar);
        std::vector<std::string> command = packing.program;
        command.push_back(path);
        base::ProcessResult packed = base::run_process(command, {.interrupted = limits.interrupted});
        if (!packed.finished || packed.status != 0)
            throw base::InputError(packing.program.front(), "packs the archive",
                                   packed.err.empty() ? "that it was ended" : base::printable(packed.err, 400));
        return std::move(packed.out);
    }

    std::vector<std::string> directories_;
    std::string output_;
};

}  // namespace

std::unique_ptr<Command> make_archive() { return std::make_unique<ArchiveCommand>(); }

}  // namespace attest::cli
