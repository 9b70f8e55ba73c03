#pragma once

#include <string>

#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/task/classes.hpp"
#include "attest/decide/task/task.hpp"
#include "attest/formats/file.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// A program and what it is to compute.
struct TaskSubject {
    const formats::ProgramFile& program;
    const language::Task& task;
    ablate::Removal without = {};  ///< variables that it lacks, which its bytes still have (FORMAT.md, section 26.1)
};

/// A model that answers with classes, and what it is to compute.
struct ClassSubject {
    const formats::ModelFile& model;
    const language::Task& task;
};

/// Whether a program, or a model with classes, computes a task at a length, or on how many words it does not.
struct Performance {
    std::int64_t length = 0;
    task::Outcome outcome;  ///< what was found; it is worth no more than the verdict
    /// options.count: holds, the number of mistakes being right; else that there are none
    verdict::Verdict verdict;
};

/// Writes a claim that a program computes a task, or does not, into an existing, empty directory.
///
/// Gives   the digest of its manifest; nothing if a limit was exceeded
/// Throws  InputError if a file cannot be written
std::string write_performance(const std::string& directory, const TaskSubject& subject, std::int64_t length,
                              const task::Outcome& outcome, const Provenance& provenance,
                              const base::Limits& limits = {});

/// Goes through the words, writes the certificate (FORMAT.md, section 18), and has the checker read it back, all within the
/// limits.
///
/// part    of the archive
/// Throws  as task::hold; InternalError if the checker finds otherwise
Performance perform(const TaskSubject& subject, std::int64_t length, const task::Options& options,
                    const base::Limits& limits, Archive& archive, const std::string& part = "");
/// The same for a model (FORMAT.md, section 20).
Performance perform(const ClassSubject& subject, std::int64_t length, const task::Options& options,
                    const base::Limits& limits, Archive& archive, const std::string& part = "");

}  // namespace attest::certify
