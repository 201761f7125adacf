import Setup
import Testing

/// What somebody may choose, in the terms of the templates and in those of set-up.
struct RecipientChoice: CustomTestStringConvertible, Sendable {
    var place = GuideExample.recipient
    var accounts: [String] = []
    var organization: String?
    var wholeAccounts = false
    var key: String?
    var stream = "RecipientStream"
    var destination = "testDestination"

    var testDescription: String {
        "\(place.partition), \(accounts.count) accounts, \(organization ?? "no organization"), "
            + "whole accounts \(wholeAccounts), \(key ?? "no key")"
    }

    var access: SenderAccess {
        SenderAccess(
            accounts: accounts, organizations: organization.map { [$0] } ?? [], wholeAccounts: wholeAccounts)
    }

    static let all: [Self] = {
        let many = (1...10).map { String(100_000_000_000 + $0) }
        let organizations = [nil, "o-1234567890"]
        var choices: [Self] = []
        for accounts in [[], ["111111111111"], ["222222222222", "111111111111"], many] {
            for organization in organizations where !accounts.isEmpty || organization != nil {
                for wholeAccounts in [false, true] {
                    choices.append(Self(accounts: accounts, organization: organization, wholeAccounts: wholeAccounts))
                }
            }
        }
        choices.append(
            Self(
                place: AccountPlace(partition: "aws-cn", account: "333333333333", region: "cn-north-1"),
                accounts: ["111111111111"], key: "arn:aws-cn:kms:cn-north-1:333333333333:key/abc-1", stream: "Other",
                destination: "central/logs"))
        return choices
    }()

    // What set-up says to it.

    var trust: PolicyDocument { PolicyDocuments.recipientTrust(for: access, of: place) }
    var permissions: PolicyDocument {
        PolicyDocuments.recipientPermissions(stream: place.stream(stream, region: place.region), key: key)
    }
    var destinationAccess: PolicyDocument {
        PolicyDocuments.destinationAccess(access, destination: place.destination(destination))
    }
}

struct SenderChoice: CustomTestStringConvertible, Sendable {
    var place = GuideExample.sender
    /// Empty: the whole account.
    var groups: [String] = []
    var role: String?
    var pattern = ""
    var distribution = "ByLogStream"
    var except: [String] = []

    var testDescription: String { "\(groups), role \(role ?? "none"), pattern \(pattern), except \(except)" }

    static let all: [Self] = [
        Self(groups: ["CloudTrail"], pattern: "{$.userIdentity.type = Root}"),
        Self(groups: ["CloudTrail"], role: "CWLtoSubscriptionFilterRole"),
        Self(),
        Self(role: "R", pattern: #"{ $.a = "x\\y" && $.b = "\"" }"#, distribution: "Random", except: ["/central/a"]),
        Self(
            place: AccountPlace(partition: "aws-cn", account: "333333333333", region: "cn-north-1"), role: "R",
            except: ["a", "/b/c"]),
    ]

    /// What Terraform can do and a stack cannot.
    static let several = Self(groups: ["a", "/b/c"], role: "R")

    var permissions: PolicyDocument {
        PolicyDocuments.senderPermissions(groups: (groups.isEmpty ? ["*"] : groups).map(place.logGroup))
    }
    var roleARN: String? { role.map(place.role) }
    var criteria: String? {
        except.isEmpty ? nil : "LogGroupName NOT IN [\(except.map { "\"\($0)\"" }.joined(separator: ","))]"
    }
}
